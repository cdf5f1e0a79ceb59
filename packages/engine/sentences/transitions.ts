import type { Fraction } from '../amounts/fraction.ts'
import type { AssetTransition, Honoured, KeptOrNot, LevelTransition, Program } from '../program/program.ts'
import { type Said, toAll } from './explanation.ts'
import type { Speaker } from './speaker.ts'

/** What becomes of what members hold that the program has given up. */
export function transitionSentences(speaker: Speaker, { transitions }: Program): Said[] {
  const { assets, levels, rewards, cards, challenges, memberships, pools, sessions, draws } = transitions
  const others = [rewards, cards, challenges, memberships, pools].flatMap((each) => [...each])
  return [
    ...[...assets].map(([id, transition]) => assetSentence(speaker, id, transition)),
    ...[...levels].map(([id, transition]) => levelSentence(speaker, id, transition)),
    ...[...sessions].map(([id, becomes]) => sessionSentence(speaker, speaker.quoted(id), becomes)),
    ...[...draws].map(([id, becomes]) => drawSentence(speaker, speaker.quoted(id), becomes)),
    ...others.map(([id, honoured]) => honouredSentence(speaker, speaker.quoted(id), honoured)),
  ].map(toAll)
}

function assetSentence(speaker: Speaker, id: string, transition: AssetTransition): string {
  const isDeclared = speaker.program.assets.some((asset) => asset.id === id)
  const what = isDeclared ? speaker.asset(id) : speaker.quoted(id)
  if (transition.type === 'honour') return honouredSentence(speaker, what, transition)
  const { to, give, per } = transition
  return speaker.say.becomes({ what, amount: speaker.amount(to, give), per: numberOf(speaker, per) })
}

function honouredSentence(speaker: Speaker, what: string, { until }: Honoured): string {
  const { say } = speaker
  return until === null ? say.staysYours({ what }) : say.staysThrough({ what, date: speaker.lastBefore(until) })
}

function sessionSentence({ say }: Speaker, what: string, becomes: KeptOrNot): string {
  switch (becomes) {
    case 'keep':
      return say.seatsStay({ what })
    case 'called-off':
      return say.calledOff({ what })
  }
}

function drawSentence({ say }: Speaker, what: string, becomes: KeptOrNot): string {
  switch (becomes) {
    case 'keep':
      return say.drawStays({ what })
    case 'called-off':
      return say.drawGone({ what })
  }
}

function levelSentence(speaker: Speaker, name: string, { to, until }: LevelTransition): string {
  const { say } = speaker
  const [ladder = '', id = ''] = name.split('/')
  if (until === null) return say.levelStays({ level: speaker.level({ ladder, level: id }) })
  const date = speaker.lastBefore(until)
  if (to === null) return say.levelStaysThrough({ level: speaker.level({ ladder, level: id }), date })
  return say.levelBecomes({ was: speaker.quoted(id), level: speaker.level(to), date })
}

/** A decimal, as the document writes it. */
function numberOf({ wording }: Speaker, { numerator, denominator }: Fraction): string {
  let scale = 0
  while ((numerator * 10 ** scale) % denominator !== 0) scale += 1
  return wording.number((numerator * 10 ** scale) / denominator, scale)
}
