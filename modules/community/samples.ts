const ada = {
  player: 'ada',
  session: 'ada-session',
  name: 'Ada',
  look: { body: '#7FA66B', accent: '#F2B84B' },
  since: 1_700_000_000_000,
}
const onSquare = { player: 'ada', x: 100, y: 100, pose: 0, zone: 'square', region: 'hill' }

/** What the readers of other engines find: someone on the square, someone nowhere, nobody at all. */
const here = { 'sessions/person': ada, 'movement/where': onSquare }
const nowhere = { 'sessions/person': ada, 'movement/where': null }
const absent = { 'sessions/person': null, 'movement/where': null }

/** What talk is tried on. */
export const samples = {
  inputs: [
    { command: 'say', player: 'ada', input: { channel: 'world', text: ' good morning ' }, reads: here },
    { command: 'say', player: 'ada', input: { channel: 'zone', text: 'psst' }, reads: here },
    { passMs: 1_000 },
    { command: 'say', player: 'ada', input: { channel: 'zone', text: 'hello?' }, reads: nowhere, refused: 'nowhere' },
    { command: 'say', player: 'ben', input: { channel: 'world', text: 'hello?' }, reads: absent, refused: 'not-here' },
    { restart: true },
    {
      command: 'say',
      player: 'ada',
      input: { channel: 'world', text: 'zwölf Boxkämpfer 🥊\nund eine Jagd' },
      reads: here,
    },
    { query: 'history', player: 'ada', input: { channel: 'world' }, reads: here },
    { query: 'history', player: 'ada', input: { channel: 'zone', before: 1_700_000_001_000, limit: 1 }, reads: here },
    { query: 'history', player: 'ada', input: { channel: 'zone' }, reads: nowhere },
    { query: 'history', player: 'ben', input: { channel: 'world' }, reads: absent },
  ],
}
