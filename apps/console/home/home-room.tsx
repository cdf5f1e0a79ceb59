import { words } from '../words/words.ts'

export function HomeRoom() {
  return <h1>{words.home}</h1>
}
