// The door of what the faces have in common: how they look, and the few parts that two of them share.
export { Boundary } from './boundary.tsx'
export { Face } from './face.tsx'
export { chooseLanguage, type Language, languages, wishedLanguage } from './language.ts'
export { Mark } from './mark.tsx'
