/**
 * Words by which a text is read. A word that ends in `*` stands for all that begin so. All are lower case; what is not among them is
 * not understood, and says so by being counted.
 */
export interface Lexicon {
  readonly themes: readonly Theme[]
  readonly good: readonly string[]
  readonly bad: readonly string[]
  /** Turn the next words around: `not good`. */
  readonly turning: readonly string[]
  /** Begin a thought of their own: `nice, but slow`. */
  readonly dividing: readonly string[]
}

export interface Theme {
  readonly theme: string
  readonly words: readonly string[]
}

/** What people write of shops, in English: small enough to be read by whoever wants to know why a text was put where it was. */
export const ENGLISH: Lexicon = {
  themes: [
    { theme: 'price', words: words('price* pricey cost* cheap* expensive afford* overpriced bargain* fee fees money') },
    {
      theme: 'program',
      words: words('point* reward* loyal* tier* level* status card cards stamp* voucher* coupon* membership'),
    },
    { theme: 'delivery', words: words('deliver* shipping shipped parcel* package* courier* arriv* dispatch*') },
    { theme: 'returns', words: words('return* refund* exchang*') },
    {
      theme: 'people',
      words: words('staff barista* waiter* waitress* cashier* employee* team service manager* driver*'),
    },
    { theme: 'waiting', words: words('wait* queue* line lines slow slowly hour hours minutes') },
    {
      theme: 'product',
      words: words('product* item items quality taste* tasty coffee food size sizes fit fits material* fresh'),
    },
    { theme: 'choice', words: words('choice* selection range variety stock sold assortment') },
    {
      theme: 'place',
      words: words('store stores shop shops place seat* parking toilet* music atmosphere clean dirty'),
    },
    { theme: 'app', words: words('app apps website site login password checkout crash* bug* screen') },
  ],
  good: words(
    'good great excellent amazing awesome love* loved lovely nice perfect* best better friendly helpful kind polite fast quick* easy easily happy pleased satisfied delicious tasty fresh clean cheap affordable fair generous recommend* thank* wonderful fantastic enjoy* smooth* reliable beautiful worth',
  ),
  bad: words(
    'bad terrible awful horrible hate* worst worse poor* rude unfriendly unhelpful slow slowly late delay* broken broke wrong missing lost cold dirty expensive overpriced pricey difficult hard confusing complicat* annoy* disappoint* unhappy angry problem* issue* fail* crash* bug* useless stale damaged complain* waste* scam cheat*',
  ),
  turning: words(
    "not no never hardly isn't wasn't aren't weren't don't doesn't didn't can't cannot couldn't won't wouldn't without",
  ),
  dividing: words('but however although though yet except'),
}

function words(text: string): readonly string[] {
  return text.split(' ')
}
