import type { Obstacle, Point } from './geography.ts'

/** The map of the vectors, as `sampleWorld` reads it. */
export const VECTOR_MAP: readonly string[] = [
  'g@gggggg', //
  'ggg#gggg',
  'g###+##g',
  'gggggggg',
  'gDg##ggg',
  'ggg##g~g',
]

/**
 * Verdicts that every implementation of `walk` must give, with a body of radius 16 and door-4-2 shut where `door` is
 * named: from, to (in units), verdict. Written by hand from the geometry, not by running the code.
 */
export const WALK_VECTORS: readonly (readonly [why: string, from: Point, to: Point, verdict: Obstacle | undefined])[] =
  [
    ['along an open row', { x: 32, y: 32 }, { x: 480, y: 32 }, undefined],
    ['standing still on grass', { x: 32, y: 32 }, { x: 32, y: 32 }, undefined],
    ['standing in a wall', { x: 224, y: 96 }, { x: 224, y: 96 }, 'collision'],
    ['into a wall from the west', { x: 96, y: 96 }, { x: 200, y: 96 }, 'collision'],
    ['up to a wall: the body touches it', { x: 96, y: 96 }, { x: 176, y: 96 }, undefined],
    ['one unit further', { x: 96, y: 96 }, { x: 177, y: 96 }, 'collision'],
    ['along a wall, touching it', { x: 80, y: 48 }, { x: 400, y: 48 }, undefined],
    ['along a wall, one unit too near', { x: 80, y: 49 }, { x: 400, y: 49 }, 'collision'],
    ['through the shut door', { x: 288, y: 96 }, { x: 288, y: 224 }, 'door'],
    ['beside the shut door', { x: 288, y: 96 }, { x: 480, y: 96 }, undefined],
    ['a wall and the door at once', { x: 272, y: 96 }, { x: 260, y: 224 }, 'collision'],
    ['across the whole map, through walls', { x: 32, y: 32 }, { x: 480, y: 352 }, 'collision'],
    ['round the end of a wall, body clear of the corner', { x: 480, y: 96 }, { x: 480, y: 224 }, undefined],
    ['between two waters that only touch the corner', { x: 48, y: 224 }, { x: 48, y: 368 }, undefined],
    ['one unit nearer to deep water', { x: 49, y: 224 }, { x: 49, y: 368 }, 'collision'],
    ['through shallows', { x: 352, y: 352 }, { x: 480, y: 352 }, undefined],
    ['half out of the map', { x: 32, y: 32 }, { x: 32, y: 15 }, 'collision'],
    ['to the very edge', { x: 32, y: 32 }, { x: 16, y: 16 }, undefined],
    ['past a corner at 45°, too near', { x: 160, y: 248 }, { x: 192, y: 216 }, undefined],
    ['into a corner at 45°', { x: 160, y: 272 }, { x: 224, y: 208 }, 'collision'],
  ]
