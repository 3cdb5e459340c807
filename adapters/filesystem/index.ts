/** Content-addressed objects in a folder. */
export * from './object-folder.ts'
