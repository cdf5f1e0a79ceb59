import { DAY_MS } from '../../time/local.ts'
import type { ExpiryText } from '../document/assets.ts'
import type { AudienceText, DuringText } from '../document/audience.ts'
import type { Audience, During, Expiry, Traits } from '../program.ts'

/** Parts that rules, levels and rewards have in common. */
export function audienceOf(
  text: AudienceText | null,
  places: readonly string[] | null,
  channels: readonly string[] | null,
): Audience {
  return {
    tiers: (text?.tier ?? []).map((name) => {
      const [ladder = '', level = ''] = name.split('/')
      return { ladder, level }
    }),
    segments: text?.segment ?? [],
    tags: text?.tag ?? [],
    memberships: [],
    badges: [],
    not: NOBODY,
    places: places ?? [],
    channels: channels ?? [],
    partners: [],
  }
}

const NOBODY: Traits = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

export function duringOf(text: DuringText | null): During | null {
  if (text === null) return null
  const { from, through, days, hours } = text
  return {
    from: from === null ? null : from.local,
    // A date names a whole day, and ends are half-open (TIME-2).
    through: through === null ? null : through.local + (through.wholeDay ? DAY_MS : 0),
    weekdays: days === null ? null : new Set(days.map((day) => weekdays.indexOf(day))),
    hours: hours === null ? null : { from: hours.from, to: hours.to },
    except: new Set(),
  }
}

export function expiryOf(text: ExpiryText): Expiry {
  switch (text.type) {
    case 'never':
      return { type: 'never' }
    case 'life':
      return { type: 'life', life: text.life, endOf: text.endOf }
    case 'inactive':
      return { type: 'inactive', idle: text.inactive, moves: new Set(text.moves) }
    case 'date':
      return { type: 'date', month: text.date.month, day: text.date.day, leastLife: text.leastLife }
    case 'anniversary':
      return { type: 'anniversary', leastLife: text.leastLife }
  }
}
