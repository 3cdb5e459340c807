import type { Views } from '@worldloom/contract'
import type { Community } from '../words.ts'

export const views: Views<Community> = { lines: { said: line => [{ put: line }] } }
