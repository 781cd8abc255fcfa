/**
 * The bytes of a text file as text: UTF-8, or UTF-16 where the file begins with its mark, as some programs on Windows
 * write it. The mark is no part of the text.
 */
export function textOfFile(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
