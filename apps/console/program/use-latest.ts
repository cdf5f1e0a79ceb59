import { type RefObject, useEffect, useRef } from 'react'

/** What a component holds now, for what outlives one of its renderings. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}
