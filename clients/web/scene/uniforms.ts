import { Color, Vector2, Vector3, Vector4 } from 'three'

/** Values every shader of the scene shares: set once a frame, read by all. */
export const createUniforms = () => ({
  uTime: { value: 0 },
  /** 0 stills wind and water for people who asked for less motion. */
  uMotion: { value: 1 },
  /** Tiles the assembling wave has reached, from `uWaveCentre`. */
  uWave: { value: -100 },
  uWaveCentre: { value: new Vector2() },
  uLamps: { value: 0 },
  uFog: { value: new Color() },
  uFogCentre: { value: new Vector3() },
  uFogRange: { value: new Vector2(30, 90) },
  uZenith: { value: new Color() },
  uHorizon: { value: new Color() },
  uKey: { value: new Color() },
  uKeyDirection: { value: new Vector3(0, 1, 0) },
  uAbove: { value: new Color() },
  uStars: { value: 0 },
  uSun: { value: new Vector3(0, 1, 0) },
  uMoon: { value: new Vector3(0, 1, 0) },
  /** Chest of the person at this Client, and how much is cut away around them. */
  uSelf: { value: new Vector4(0, 0, 0, 0) },
  /** From the person towards the camera. */
  uTowardsCamera: { value: new Vector3(0, 1, 0) },
  /** Number of the room one is in, and how far it is open. */
  uRoom: { value: new Vector2(0, 0) },
  uRoomRect: { value: new Vector4() },
  /** 1 + index of the object that is lit up, 0 for none. */
  /** 1 leaves out joints of boards and stones: at the least quality they would only flicker. */
  uPlain: { value: 0 },
  uHighlight: { value: 0 },
  uHighlightTone: { value: new Color() },
  /** Makes up for what tone mapping takes from colours. */
  uSaturation: { value: 1.17 },
})

export type SceneUniforms = ReturnType<typeof createUniforms>
