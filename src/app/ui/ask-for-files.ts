/**
 * Asks for files; nothing happens where none is chosen.
 * @param accept their endings, as a file field has them
 */
export function askForFiles(accept: string, multiple: boolean, onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.accept = accept;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
  input.click();
}
