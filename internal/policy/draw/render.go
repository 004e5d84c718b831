package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// style holds the colours: a light set, and a dark one for readers who ask for it. A page that embeds the picture may set the same
// variables itself.
const style = `
.kc{--paper:#fff;--card:#fff;--edge:#cbd5e1;--head:#f1f5f9;--ink:#0f172a;--mute:#64748b;--line:#64748b;--back:#b45309;--chip:#e0e7ff;--chipink:#3730a3;--good:#166534;--goodbg:#dcfce7;--end:#475569;--endbg:#e2e8f0;--now:#2563eb;--nowbg:#dbeafe;--pub:#0e7490;--pubbg:#cffafe;
font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif}
@media (prefers-color-scheme:dark){.kc{--paper:#0f172a;--card:#1e293b;--edge:#475569;--head:#273449;--ink:#f1f5f9;--mute:#a3b1c6;--line:#94a3b8;--back:#fbbf24;--chip:#312e81;--chipink:#e0e7ff;--good:#bbf7d0;--goodbg:#14532d;--end:#cbd5e1;--endbg:#334155;--now:#60a5fa;--nowbg:#1e3a5f;--pub:#a5f3fc;--pubbg:#164e63}}
.kc text{fill:var(--ink);font-size:13px;dominant-baseline:central}
.kc .t{font-size:15px;font-weight:600}.kc .h{font-size:17px;font-weight:600}
.kc .s{font-size:11.5px}.kc .m{fill:var(--mute)}
.kc .card{fill:var(--card);stroke:var(--edge);stroke-width:1.2}.kc .head{fill:var(--head)}
.kc .now .card{stroke:var(--now);stroke-width:2.6}.kc .now .head{fill:var(--nowbg)}
.kc .chip{fill:var(--chip)}.kc .chipt{fill:var(--chipink)}
.kc .pub{fill:var(--pubbg)}.kc .pubt{fill:var(--pub)}
.kc .endp{fill:var(--endbg)}.kc .endt{fill:var(--end)}
.kc .goodp{fill:var(--goodbg)}.kc .goodt{fill:var(--good);font-weight:600}
.kc .nowp{stroke:var(--now);stroke-width:2.4}
.kc .w{fill:none;stroke:var(--line);stroke-width:1.5}.kc .w.back{stroke:var(--back)}.kc .w.late{stroke-dasharray:5 4}
.kc .a{fill:var(--line)}.kc .a.back{fill:var(--back)}
.kc .clock{fill:none;stroke:var(--mute);stroke-width:1.4;stroke-linecap:round}
.kc .rule{stroke:var(--edge);stroke-width:1}
`

// canvas writes SVG.
type canvas struct{ bytes.Buffer }

func (c *canvas) f(format string, args ...any) { fmt.Fprintf(c, format, args...) }

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func (c *canvas) text(x, y float64, class, anchor, s string) {
	if anchor != "" {
		anchor = ` text-anchor="` + anchor + `"`
	}
	c.f(`<text x="%.1f" y="%.1f" class="%s"%s>%s</text>`, x, y, class, anchor, esc(s))
}

func (c *canvas) box(x, y, w, h, r float64, class string) {
	c.f(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="%.1f" class="%s"/>`, x, y, w, h, r, class)
}

// render puts the sheets one beneath the other.
func render(m *policy.Mechanism, sheets []*sheet, l lang.Tag) []byte {
	say := speaker{m, l}
	const between, heading = 40.0, 44.0
	w, h := 0.0, margin
	for i, s := range sheets {
		w = max(w, s.width)
		if i > 0 {
			h += between
		}
		if s.heading != "" {
			h += heading
		}
		h += s.height
	}
	h += margin
	c := &canvas{}
	c.f(`<svg xmlns="http://www.w3.org/2000/svg" class="kc" role="img" aria-labelledby="kc-title kc-desc" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`, w, h, w, h)
	c.f(`<title id="kc-title">%s</title><desc id="kc-desc">%s</desc><style>%s</style>`, esc(m.Title.In(l)), esc(describe(say, sheets)), style)
	c.f(`<rect width="100%%" height="100%%" rx="10" style="fill:var(--paper)"/>`)
	y := margin
	for i, s := range sheets {
		if i > 0 {
			y += between
		}
		if s.heading != "" {
			if i > 0 {
				c.f(`<line x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f" class="rule"/>`, margin, w-margin, y-between/2, y-between/2)
			}
			c.text(margin, y+heading/2-8, "h", "", s.heading)
			y += heading
		}
		c.f(`<g transform="translate(%.1f %.1f)">`, (w-s.width)/2, y)
		c.sheet(say, s)
		c.f(`</g>`)
		y += s.height
	}
	c.f(`</svg>`)
	return c.Bytes()
}

// describe says the picture to those who do not see it.
func describe(say speaker, sheets []*sheet) string {
	var b strings.Builder
	for _, s := range sheets {
		for _, c := range s.cards {
			b.WriteString(strings.ReplaceAll(c.full, "\n", say.pick("；", "; ")))
			b.WriteString(say.pick("。", ". "))
		}
	}
	return b.String()
}

func (c *canvas) sheet(say speaker, s *sheet) {
	for _, w := range s.wires {
		c.wire(w)
	}
	for _, k := range s.cards {
		c.card(say, k)
	}
	if len(s.ends) > 0 {
		c.text(margin, s.ends[0].y-20, "s m", "", say.pick("结束于", "Ends"))
		for _, e := range s.ends {
			c.pill(e.x, e.y, e.w, e)
		}
	}
}

func (c *canvas) wire(w *wire) {
	class := ""
	if w.kind == back {
		class += " back"
	}
	late := ""
	if w.dashed {
		late = " late"
	}
	p := w.points
	n := len(p)
	tip := p[n-1]
	dx, dy := sign(tip.x-p[n-2].x), sign(tip.y-p[n-2].y)
	short := append([]point{}, p...)
	short[n-1] = point{tip.x - 6*dx, tip.y - 6*dy}
	c.f(`<path class="w%s%s" d="%s"/>`, class, late, rounded(short))
	c.f(`<path class="a%s" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fZ"/>`, class, tip.x, tip.y, tip.x-9*dx-4.5*dy, tip.y-9*dy-4.5*dx, tip.x-9*dx+4.5*dy, tip.y-9*dy+4.5*dx)
	if w.kind != next {
		c.f(`<circle class="a%s" cx="%.1f" cy="%.1f" r="2.6"/>`, class, p[0].x, p[0].y)
	}
}

func sign(v float64) float64 {
	switch {
	case v > 0.01:
		return 1
	case v < -0.01:
		return -1
	}
	return 0
}

// rounded is a path through the points with round corners.
func rounded(p []point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%.1f %.1f", p[0].x, p[0].y)
	for i := 1; i < len(p)-1; i++ {
		a, m, z := p[i-1], p[i], p[i+1]
		r := min(8, dist(a, m)/2, dist(m, z)/2)
		fmt.Fprintf(&b, "L%.1f %.1fQ%.1f %.1f %.1f %.1f", m.x-r*sign(m.x-a.x), m.y-r*sign(m.y-a.y), m.x, m.y, m.x+r*sign(z.x-m.x), m.y+r*sign(z.y-m.y))
	}
	fmt.Fprintf(&b, "L%.1f %.1f", p[len(p)-1].x, p[len(p)-1].y)
	return b.String()
}

func dist(a, b point) float64 { return math.Abs(a.x-b.x) + math.Abs(a.y-b.y) }

func (c *canvas) card(say speaker, k *card) {
	class := ""
	if k.marked {
		class = ` class="now"`
	}
	c.f(`<g%s><title>%s</title>`, class, esc(k.full))
	c.box(k.x, k.y, k.w, k.h, 10, "card")
	c.f(`<path class="head" d="M%.1f %.1fv-%.1fa9 9 0 0 1 9 -9h%.1fa9 9 0 0 1 9 9v%.1fz"/>`, k.x+1, k.y+headH-2, headH-12, k.w-20, headH-12)
	room := k.w - 2*pad
	if k.public != "" {
		w := width(k.public, small) + 14
		c.box(k.x+k.w-pad-w, k.y+9, w, 18, 9, "pub")
		c.text(k.x+k.w-pad-w/2, k.y+18, "s pubt", "middle", k.public)
		room -= w + 8
	}
	c.text(k.x+pad, k.y+18, "t", "", fit(k.title, large, room))
	for _, r := range k.rows {
		c.row(say, k, r)
	}
	c.f(`</g>`)
}

func (c *canvas) row(say speaker, k *card, r *row) {
	x, y, end := k.x+pad, k.y+r.y+2, k.x+k.w-pad
	if r.aim != "" {
		aim := fit(r.aim, small, max(k.w*0.34, k.w-r.width()+width(r.aim, small)))
		w := width(aim, small)
		switch {
		case r.to != nil && r.to.End:
			c.pill(end-w-20, y-9, w+20, pill{text: aim, good: r.to.Good})
			end -= w + 20
		case r.to == nil: // the deadline tells somebody
			c.text(end, y, "s m", "end", aim)
			end -= w
		default:
			mark := map[bool]string{true: "↻", false: "↓"}[r.to == k.state]
			for _, wire := range k.leads {
				if wire.row == r {
					mark = map[wireKind]string{next: "↓", skip: "⇣", back: "↑"}[wire.kind]
				}
			}
			c.text(end, y, "s m", "end", aim+" "+mark)
			end -= w + 16
		}
		end -= 10
	}
	if r.sub {
		c.f(`<path class="clock" d="M%.1f %.1fv7h7"/>`, x+5, y-7)
		x += 18
	} else if r.clock {
		c.f(`<g class="clock"><circle cx="%.1f" cy="%.1f" r="6"/><path d="M%.1f %.1fv-3.6M%.1f %.1fh2.8"/></g>`, x+7, y, x+7, y, x+7, y)
		x += 20
	}
	if r.chip != "" {
		chip := fit(r.chip, small, max(60, (end-x)*0.6))
		w := width(chip, small) + 14
		c.box(x, y-9.5, w, 19, 5, "chip")
		c.text(x+w/2, y, "s chipt", "middle", chip)
		x += w + 8
	}
	class := ""
	if r.clock || r.sub || r.carried {
		class = "m"
	}
	c.text(x, y, class, "", fit(r.text, normal, end-x))
}

func (c *canvas) pill(x, y, w float64, p pill) {
	box, text := "endp", "s endt"
	if p.good {
		box, text = "goodp", "s goodt"
	}
	if p.marked {
		box += " nowp"
	}
	c.box(x, y, w, 18, 9, box)
	c.text(x+w/2, y+9, text, "middle", p.text)
}
