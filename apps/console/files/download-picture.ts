/** Three times as sharp as it stands on the page: it goes into documents and on slides. */
const scale = 3
const margin = 16
const titleHeight = 32

/**
 * Lets the browser save a chart as a PNG, on the ground of the page and with its title. The policy of the page lets no picture be made
 * of a file that scripts write, so what the charts are made of is drawn once more, in the colours that it has.
 */
export async function downloadPicture(name: string, title: string, chart: SVGSVGElement): Promise<void> {
  const { width, height } = chart.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * margin) * scale
  canvas.height = (height + titleHeight + 2 * margin) * scale
  const pen = canvas.getContext('2d')
  if (pen === null) return
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.body)
  pen.scale(scale, scale)
  pen.fillStyle = backgroundColor
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = color
  pen.font = `620 16px ${fontFamily}`
  pen.fillText(title, margin, margin + 16, width)
  pen.translate(margin, margin + titleHeight)
  for (const element of chart.querySelectorAll('rect, line, path, text')) draw(pen, element)
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (bytes === null) return
  const address = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

const numberOf = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0)

function draw(pen: CanvasRenderingContext2D, element: Element): void {
  const style = getComputedStyle(element)
  const numbers = (...names: readonly string[]) => names.map((name) => numberOf(element, name))
  pen.globalAlpha = Number(style.opacity)
  pen.fillStyle = style.fill
  pen.strokeStyle = style.stroke
  pen.lineWidth = Number.parseFloat(style.strokeWidth)
  pen.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(Number.parseFloat))
  switch (element.tagName) {
    case 'rect': {
      const [x = 0, y = 0, width = 0, height = 0, rx = 0] = numbers('x', 'y', 'width', 'height', 'rx')
      pen.beginPath()
      pen.roundRect(x, y, width, height, rx)
      pen.fill()
      break
    }
    case 'line': {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers('x1', 'y1', 'x2', 'y2')
      pen.beginPath()
      pen.moveTo(x1, y1)
      pen.lineTo(x2, y2)
      pen.stroke()
      break
    }
    case 'path': {
      const path = new Path2D(element.getAttribute('d') ?? '')
      if (style.fill !== 'none') pen.fill(path)
      if (style.stroke !== 'none') pen.stroke(path)
      break
    }
    case 'text': {
      const [x = 0, y = 0] = numbers('x', 'y')
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
      pen.textAlign = style.textAnchor === 'end' ? 'right' : style.textAnchor === 'middle' ? 'center' : 'left'
      pen.fillText(element.textContent ?? '', x, y)
      break
    }
  }
}
