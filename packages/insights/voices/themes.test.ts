import { describe, expect, test } from 'vitest'
import { told } from '../told.fixture.ts'
import { ENGLISH } from './lexicon.ts'
import { feedbackOf, OTHER_THEME } from './themes.ts'

const readOne = (text: string) => told(feedbackOf([text], ENGLISH)).mentions[0]?.map(({ theme, mood }) => [theme, mood])

describe('what members write', () => {
  test.each([
    [
      'The coffee is great, but delivery was slow.',
      [
        ['product', 'glad'],
        ['delivery', 'upset'],
        ['waiting', 'upset'],
      ],
    ],
    [
      'Not good. The staff is not at all friendly!',
      [
        [OTHER_THEME, 'upset'],
        ['people', 'upset'],
      ],
    ],
    ['The returns were no problem', [['returns', 'glad']]],
    ['Parcel? Lost. Never arrived.', [['delivery', 'upset']]],
    ['The app crashes, although I love the app', [['app', 'mixed']]],
    ['I have a card', [['program', 'plain']]],
    ['not at all good', [[OTHER_THEME, 'upset']]],
    ['not what one would call good', [[OTHER_THEME, 'glad']]],
    ['Wonderful!', [[OTHER_THEME, 'glad']]],
    ['The courier wasn’t late', [['delivery', 'glad']]],
    ['xyzzy', []],
    ['constructor __proto__', []],
  ])('is read: %s', (text, expected) => {
    expect(readOne(text)).toEqual(expected)
  })

  test('comes with the words it was read by', () => {
    expect(told(feedbackOf(['The staff is not friendly, and rude'], ENGLISH)).mentions).toEqual([
      [{ theme: 'people', mood: 'upset', themeWords: ['staff'], moodWords: ['not friendly', 'rude'] }],
    ])
  })

  test('is grouped, the upset first, and what is not understood is named', () => {
    const found = told(feedbackOf(['Great prices', 'bon appétit', 'Prices are terrible', 'Slow app', ''], ENGLISH))
    expect(found.groups[0]).toEqual({
      theme: 'price',
      texts: 2,
      moods: { glad: 1, upset: 1, mixed: 0, plain: 0 },
      where: [2, 0],
    })
    expect(found.groups.map(({ theme }) => theme)).toEqual(['price', 'app', 'waiting'])
    expect(found.notUnderstood).toEqual([1, 4])
  })

  test('INS-1: nothing-written', () => {
    expect(feedbackOf(['', ' '], ENGLISH)).toMatchObject({ type: 'untold', reason: 'nothing-written' })
  })

  test('no word of mood is both good and bad', () => {
    expect(ENGLISH.good.filter((word) => ENGLISH.bad.includes(word))).toEqual([])
  })
})
