import type { Line } from '@worldloom/capabilities/chat'
import type { Queries } from '@worldloom/contract'
import type { Community, Standing } from '../words.ts'

export const queries: Queries<Community> = {
  history(_state, { channel, before, limit }, _actor, moment) {
    const { name, zone } = moment.before as Standing
    if (name === null || (channel === 'zone' && zone === null)) return []
    return {
      view: 'lines',
      where: { channel: channel === 'zone' ? `zone:${zone}` : 'world' },
      orderBy: 'at',
      descending: true,
      ...(before !== undefined && { after: before }),
      limit,
      shape: rows => (rows as unknown as Line[]).toReversed(),
    }
  },
}
