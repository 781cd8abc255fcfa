/** Files that are dropped on the page or chosen: with the places that they have in their folders. */
export interface Dropped {
  readonly path: string;
  readonly file: File;
}

/** Whether a file is one of a checkpoint's, or a zip that may hold some. */
export const isOfNetwork = (path: string): boolean =>
  /\.(safetensors|zip|bin|pth?|h5|msgpack|onnx|gguf)$|(^|\/)(config|tokenizer|tokenizer_config|generation_config)\.json$|\.index\.json$/i.test(
    path,
  );

/** More files than any checkpoint has: whoever drops a home folder is not waited for. */
const MOST_FILES = 2_000;

/**
 * All files below what a file manager hands over, folders gone through. Its items have to be asked before anything is
 * waited for.
 */
export function droppedFiles(data: DataTransfer): Promise<readonly Dropped[]> {
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  // What a program dropped has no entries.
  if (entries.every((entry) => entry === null)) return Promise.resolve([...data.files].map((file) => ({ path: file.name, file })));
  return filesBelow(entries.filter((entry) => entry !== null));
}

async function filesBelow(entries: readonly FileSystemEntry[]): Promise<readonly Dropped[]> {
  const found: Dropped[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry && found.length < MOST_FILES; entry = waiting.shift()) {
    const at = entry;
    if (at.isFile)
      found.push({
        path: at.fullPath.replace(/^\//, ''),
        file: await new Promise<File>((resolve, reject) => (at as FileSystemFileEntry).file(resolve, reject)),
      });
    else waiting.push(...(await inFolder(at as FileSystemDirectoryEntry)));
  }
  return found;
}

/** A folder is read in parts; an empty one is the end. */
async function inFolder(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}
