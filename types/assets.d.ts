/**
 * Types of imports that are not TypeScript, as the bundler gives them. (Not `vite/client`: it would pull the DOM into
 * every project.)
 */
declare module '*?url' {
  /** Address of the file, relative to the page's base. */
  const address: string;
  export default address;
}
declare module '*?raw' {
  const text: string;
  export default text;
}
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
declare module '*.css' {}
declare module '*.svg' {
  const address: string;
  export default address;
}

interface ImportMetaEnv {
  /** Folder the page is served from; `./` in the build. */
  readonly BASE_URL: string;
  readonly DEV: boolean;
  readonly PROD: boolean;
  readonly MODE: string;
}
interface ImportMeta {
  readonly env: ImportMetaEnv;
  readonly url: string;
}
