import { wrongAwards } from './wrong-awards.fixture.ts'
import { wrongConditions } from './wrong-conditions.fixture.ts'
import type { WrongDocument } from './wrong-document.fixture.ts'
import { wrongDraws } from './wrong-draws.fixture.ts'
import { wrongEarning } from './wrong-earning.fixture.ts'
import { wrongHabits } from './wrong-habits.fixture.ts'
import { wrongMeanings } from './wrong-meanings.fixture.ts'
import { wrongMechanics } from './wrong-mechanics.fixture.ts'
import { wrongRings } from './wrong-rings.fixture.ts'
import { wrongSyntax } from './wrong-syntax.fixture.ts'
import { wrongTransitions } from './wrong-transitions.fixture.ts'
import { wrongValues } from './wrong-values.fixture.ts'
import { wrongWords } from './wrong-words.fixture.ts'

/** Every mistake that is shown, by what kind of mistake it is. */
export const wrongDocuments: Readonly<Record<string, readonly WrongDocument[]>> = {
  'The first day: habits from elsewhere': wrongHabits,
  'The text is no document': wrongSyntax,
  'A word or a value is none of the language’s': [...wrongValues, ...wrongWords],
  'A condition cannot be': wrongConditions,
  'A rule gives what, to whom, and within which bounds': wrongEarning,
  'Every word is right, and together they mean nothing': wrongMeanings,
  'Awards, levels, rewards, cards, challenges, offers, memberships': [
    ...wrongMechanics,
    ...wrongAwards,
    ...wrongDraws,
    ...wrongRings,
  ],
  'A version gives up what members hold': wrongTransitions,
}
