/** Why a file is not opened, in sentences of the page: they stand as they are. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
