/**
 * The libraries that the page is built on, in a chunk of their own (vite.config.ts): they run in a task before the
 * page's own code.
 */
import 'react-dom/client';
