package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/packs"
)

func shenyang(t testing.TB) *policy.Mechanism {
	t.Helper()
	pack, findings := policy.Load(packs.Shenyang())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return pack.Mechanism("jiebang")
}

// TestEverythingIsThere reads the picture back: it is well-formed, it names every state and step, and marks where the case stands.
func TestEverythingIsThere(t *testing.T) {
	t.Parallel()
	m := shenyang(t)
	for _, l := range []lang.Tag{lang.ZH, lang.EN} {
		svg := SVG(m, Everything, l, "judging")
		texts, classes := read(t, svg)
		for _, mach := range append([]*policy.Machine{m.Case}, m.Parts...) {
			for _, s := range mach.States {
				if !strings.Contains(texts, s.Title.In(l)) {
					t.Errorf("%s: the state %s is not in the picture", l, s.Name)
				}
				for _, st := range s.Steps {
					if !strings.Contains(texts, st.Title.In(l)) {
						t.Errorf("%s: the step %s.%s is not in the picture", l, s.Name, st.Name)
					}
				}
			}
		}
		if strings.Count(classes, " now ") != 1 {
			t.Errorf("%s: one state is marked, not %d", l, strings.Count(classes, " now "))
		}
	}
}

// TestNothingOverlaps holds for the largest mechanism there is: no card lies on another, and no line ends in the void.
func TestNothingOverlaps(t *testing.T) {
	t.Parallel()
	m := shenyang(t)
	for _, mach := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, l := range []lang.Tag{lang.ZH, lang.EN} {
			s := layOut(m, mach, l, "")
			for i, a := range s.cards {
				if a.x < 0 || a.y < 0 || a.x+a.w > s.width || a.y+a.h > s.height {
					t.Errorf("%s.%s lies outside", mach.Name, a.state.Name)
				}
				for _, b := range s.cards[:i] {
					if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
						t.Errorf("%s: %s lies on %s", mach.Name, a.state.Name, b.state.Name)
					}
				}
			}
			for _, w := range s.wires {
				if len(w.points) < 2 {
					t.Errorf("%s: no line from %s to %s", mach.Name, w.from.state.Name, w.to.state.Name)
					continue
				}
				for i := 1; i < len(w.points); i++ {
					for _, c := range s.cards {
						if crosses(w.points[i-1], w.points[i], c) {
							t.Errorf("%s: the line %s → %s crosses %s", mach.Name, w.from.state.Name, w.to.state.Name, c.state.Name)
						}
					}
				}
			}
		}
	}
}

// crosses tells whether a straight line runs through the inside of a card.
func crosses(a, b point, c *card) bool {
	const eps = 1
	return min(a.x, b.x) < c.x+c.w-eps && max(a.x, b.x) > c.x+eps && min(a.y, b.y) < c.y+c.h-eps && max(a.y, b.y) > c.y+eps
}

func TestSameEveryTime(t *testing.T) {
	t.Parallel()
	m := shenyang(t)
	first := SVG(m, Everything, lang.ZH, "")
	for range 5 {
		if !bytes.Equal(first, SVG(m, Everything, lang.ZH, "")) {
			t.Fatal("two pictures of one mechanism differ")
		}
	}
}

func TestUnknownMachine(t *testing.T) {
	t.Parallel()
	read(t, SVG(shenyang(t), "no such part", lang.ZH, ""))
}

func TestWidth(t *testing.T) {
	t.Parallel()
	if w := width("揭榜挂帅", 10); w != 40 {
		t.Errorf("four characters at 10 px are 40 px wide, not %v", w)
	}
	if s := fit("揭榜挂帅", 10, 35); s != "揭榜…" {
		t.Errorf("shortened to %q", s)
	}
}

// read parses the picture and gives its texts and its classes.
func read(t *testing.T, svg []byte) (texts, classes string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var b, c strings.Builder
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), c.String()
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			b.Write(tok)
		case xml.StartElement:
			for _, a := range tok.Attr {
				if a.Name.Local == "class" {
					c.WriteString(" " + a.Value + " ")
				}
			}
		}
	}
}
