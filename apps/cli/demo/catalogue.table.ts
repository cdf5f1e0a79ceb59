/** What the demo's shop sells: a small house of skincare and make-up. Prices in cents. */
export interface Product {
  readonly sku: string
  readonly category: string
  readonly brand: string
  readonly minor: number
  /** How often it is taken, against the others. */
  readonly weight: number
}

export const catalogue: readonly [Product, ...Product[]] = [
  { sku: 'CLEANSER-OAT', category: 'skincare', brand: 'meadow', minor: 1850, weight: 9 },
  { sku: 'CLEANSER-CLAY', category: 'skincare', brand: 'meadow', minor: 2200, weight: 5 },
  { sku: 'TONER-ROSE', category: 'skincare', brand: 'meadow', minor: 2400, weight: 6 },
  { sku: 'SERUM-C', category: 'skincare', brand: 'north-light', minor: 5800, weight: 7 },
  { sku: 'SERUM-NIGHT', category: 'skincare', brand: 'north-light', minor: 7250, weight: 4 },
  { sku: 'CREAM-DAY', category: 'skincare', brand: 'north-light', minor: 4400, weight: 8 },
  { sku: 'SUNSCREEN-50', category: 'skincare', brand: 'meadow', minor: 2995, weight: 8 },
  { sku: 'MASK-SHEET-3', category: 'skincare', brand: 'meadow', minor: 1299, weight: 10 },
  { sku: 'LIPSTICK-BRICK', category: 'make-up', brand: 'vesper', minor: 2650, weight: 8 },
  { sku: 'LIPSTICK-PLUM', category: 'make-up', brand: 'vesper', minor: 2650, weight: 6 },
  { sku: 'MASCARA', category: 'make-up', brand: 'vesper', minor: 2900, weight: 9 },
  { sku: 'FOUNDATION', category: 'make-up', brand: 'vesper', minor: 4700, weight: 7 },
  { sku: 'BROW-PENCIL', category: 'make-up', brand: 'vesper', minor: 1995, weight: 5 },
  { sku: 'PALETTE-DUSK', category: 'make-up', brand: 'vesper', minor: 5400, weight: 3 },
  { sku: 'SHAMPOO-BAR', category: 'hair', brand: 'saltworks', minor: 1450, weight: 7 },
  { sku: 'HAIR-OIL', category: 'hair', brand: 'saltworks', minor: 3300, weight: 4 },
  { sku: 'BODY-BUTTER', category: 'body', brand: 'saltworks', minor: 2150, weight: 6 },
  { sku: 'BATH-SALT', category: 'body', brand: 'saltworks', minor: 1675, weight: 5 },
  { sku: 'SCENT-FIG-50', category: 'fragrance', brand: 'north-light', minor: 9800, weight: 3 },
  { sku: 'SCENT-SAMPLE', category: 'fragrance', brand: 'north-light', minor: 800, weight: 6 },
]

export const givenNames = [
  ...['Ada', 'Amara', 'Beatriz', 'Camille', 'Chiara', 'Dara', 'Elif', 'Emma', 'Farah', 'Grace', 'Hana', 'Ines', 'Iris'],
  ...['Jamal', 'Jonas', 'Julia', 'Kai', 'Lena', 'Leo', 'Luca', 'Maya', 'Mei', 'Mina', 'Noah', 'Nora', 'Olga', 'Omar'],
  ...['Paula', 'Priya', 'Rosa', 'Ruth', 'Samir', 'Sofia', 'Tessa', 'Tomas', 'Vera', 'Yara', 'Yuki', 'Zoe'],
] as const

export const familyNames = [
  ...['Abara', 'Almeida', 'Bauer', 'Bianchi', 'Carver', 'Castro', 'Chen', 'Dubois', 'Eriksen', 'Farrell', 'Garcia'],
  ...['Haddad', 'Ivanova', 'Jensen', 'Kaplan', 'Kim', 'Kowalski', 'Lindqvist', 'Lopez', 'Marsh', 'Mbeki', 'Moreau'],
  ...['Nakamura', 'Novak', 'Okafor', 'Osei', 'Park', 'Petrov', 'Quinn', 'Reyes', 'Rossi', 'Sato', 'Silva', 'Tanaka'],
  ...['Tran', 'Varga', 'Walsh', 'Weber', 'Yilmaz', 'Zhang'],
] as const
