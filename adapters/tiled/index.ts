/** Reads maps made with the Tiled editor. */
export { type Imported, importTiled, MAP_FILE_BYTES_MAX, type ReadFile } from './import.ts'
export { NOTES, NOTES_PER_CODE_MAX, type Note, type NoteCode } from './note.ts'
