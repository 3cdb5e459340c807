import { type Cue, type Note, notesOf } from './score.ts'

/** Notes at once; a crowd of steps does not become a roar. */
const NOTES_MAX = 24
const ATTACK_S = 0.008
const NOISE_S = 0.5

export interface Speaker {
  play(cue: Cue): void
  /** 0 to 1; 0 is silent and costs nothing. */
  setVolume(volume: number): void
  /** Browsers let a page sound only after a person has done something: call on their first click or key. */
  wake(): void
}

export function createSpeaker(): Speaker {
  let context: AudioContext | undefined
  let master: GainNode | undefined
  let noise: AudioBuffer | undefined
  let volume = 0
  let sounding = 0
  let steps = 0

  const sound = (note: Note, audio: AudioContext, out: GainNode) => {
    if (sounding >= NOTES_MAX) return
    const start = audio.currentTime + note.atMs / 1000
    const end = start + note.lastsMs / 1000
    const gain = audio.createGain()
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(note.loudness, start + ATTACK_S)
    gain.gain.exponentialRampToValueAtTime(0.0001, end)
    gain.connect(out)
    const source = note.voice === 'noise' ? breath(note, audio, gain, start, end) : tone(note, audio, gain, start, end)
    sounding += 1
    source.onended = () => {
      sounding -= 1
      gain.disconnect()
    }
    source.start(start)
    source.stop(end)
  }

  const breath = (note: Note, audio: AudioContext, out: AudioNode, start: number, end: number) => {
    noise ??= whiteNoise(audio)
    const source = audio.createBufferSource()
    const filter = audio.createBiquadFilter()
    source.buffer = noise
    source.loop = true
    filter.type = 'bandpass'
    filter.Q.value = 0.9
    glide(filter.frequency, note, start, end)
    source.connect(filter).connect(out)
    return source
  }

  return {
    play(cue) {
      if (cue === 'step') steps += 1
      if (!context || !master || context.state !== 'running' || volume === 0) return
      for (const note of notesOf(cue, steps)) sound(note, context, master)
    },
    setVolume(next) {
      volume = next
      // Loudness is heard by its square, about; a slider at its middle should sound half as loud.
      if (context && master) master.gain.setTargetAtTime(next * next, context.currentTime, 0.05)
    },
    wake() {
      if (!context) {
        context = new AudioContext()
        master = context.createGain()
        master.gain.value = volume * volume
        master.connect(context.destination)
      }
      void context.resume().catch(() => undefined)
    },
  }
}

function tone(note: Note, audio: AudioContext, out: AudioNode, start: number, end: number): OscillatorNode {
  const source = audio.createOscillator()
  source.type = note.voice === 'noise' ? 'sine' : note.voice
  glide(source.frequency, note, start, end)
  source.connect(out)
  return source
}

function glide(parameter: AudioParam, { hz, toHz }: Note, start: number, end: number): void {
  parameter.setValueAtTime(hz, start)
  if (toHz !== undefined) parameter.exponentialRampToValueAtTime(toHz, end)
}

function whiteNoise(audio: AudioContext): AudioBuffer {
  const buffer = audio.createBuffer(1, Math.floor(audio.sampleRate * NOISE_S), audio.sampleRate)
  const samples = buffer.getChannelData(0)
  for (let n = 0; n < samples.length; n += 1) samples[n] = Math.random() * 2 - 1
  return buffer
}
