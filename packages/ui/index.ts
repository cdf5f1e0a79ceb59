// The door of what the faces have in common: how they look, and the few parts that two of them share.
export { Face } from './face.tsx'
export { Mark } from './mark.tsx'
