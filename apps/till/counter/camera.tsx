import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { words } from '../words/words.ts'

/** What browsers that can read codes bring along (Shape Detection API); the types of the platform do not know it yet. */
interface CodeReader {
  detect(picture: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
type MakesReader = new (options: { readonly formats: readonly string[] }) => CodeReader

function readerOfPlatform(): MakesReader | null {
  const platform: object = globalThis
  const found: unknown = 'BarcodeDetector' in platform ? platform.BarcodeDetector : null
  return typeof found === 'function' ? (found as MakesReader) : null
}

/** Where a device cannot, a scanner and the number do. */
export const canSeeCodes = (): boolean => readerOfPlatform() !== null && navigator.mediaDevices !== undefined

/** Ten times a second is faster than a hand holds still, and spares the battery. */
const beatMs = 100

export function Camera({ onCode }: { readonly onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [isRefused, setRefused] = useState(false)
  const seen = useEffectEvent(onCode)
  useEffect(() => {
    const Reader = readerOfPlatform()
    const picture = video.current
    if (Reader === null || picture === null) return
    const reader = new Reader({ formats: ['qr_code'] })
    let beat: ReturnType<typeof setTimeout> | undefined
    let stream: MediaStream | null = null
    let isOver = false
    const look = async () => {
      const [code] = await reader.detect(picture).catch(() => [])
      if (isOver) return
      if (code === undefined) beat = setTimeout(() => void look(), beatMs)
      else seen(code.rawValue)
    }
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (isOver) return close()
      picture.srcObject = stream
      await picture.play()
      await look()
    }
    const close = () => {
      isOver = true
      clearTimeout(beat)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    open().catch(() => {
      if (!isOver) setRefused(true)
    })
    return close
  }, [])
  if (isRefused)
    return (
      <p className="bad" role="alert">
        {words.find.noCamera}
      </p>
    )
  return <video ref={video} className="camera" muted playsInline aria-label={words.find.camera} />
}
