import { writeFileSync } from 'node:fs'
import { formatWorldFile } from '@worldloom/capabilities/geography'
import { composeWeftvale } from './weftvale.ts'

/** Writes the committed World file anew: `npx node games/song-of-creation/authoring/write.ts`. */
writeFileSync(new URL('../worlds/song.json', import.meta.url), formatWorldFile(composeWeftvale()))
