package outside

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Verdict says what an identity that fails is taken for.
type Verdict string

// The verdicts.
const (
	Error      Verdict = "error"      // it stands alone
	Rounding   Verdict = "rounding"   // off by more than what is printed allows, and by less than one in 50 000 or ten of the last place: rounded before
	Definition Verdict = "definition" // it recurs, in one direction: the whole counts what the parts do not
	Twice      Verdict = "twice"      // one value is given twice, and differs
	Missing    Verdict = "missing"    // parts are not in the table, so nothing can be said
)

// Mismatch is one identity that fails, with its cells.
type Mismatch struct {
	Identity string    `json:"identity"` // total, nation, growth, twice
	Item     string    `json:"item"`
	Area     string    `json:"area"`
	Year     int       `json:"year"`
	Whole    int64     `json:"whole"` // in ten-thousandths
	Parts    int64     `json:"parts"`
	Verdict  Verdict   `json:"verdict"`
	Text     lang.Text `json:"text"`
	Cells    []Cell    `json:"cells"`
}

// Checked is what a check came to.
type Checked struct {
	Cells    int        `json:"cells"`
	Held     int        `json:"held"` // identities
	Findings []Mismatch `json:"findings"`
}

// Check looks at every identity of the series in the table, sorted so that two runs give the same report.
func (s *Series) Check(t *Table) Checked {
	c := &checker{s: s, t: t, report: Checked{Cells: t.N}}
	c.twice()
	for _, item := range slices.Sorted(maps.Keys(s.Totals)) {
		for _, p := range c.places(item) {
			c.total(p, s.Totals[item])
		}
	}
	for _, item := range s.Nations {
		for _, p := range c.places(item) {
			if p.area == s.Nation {
				c.nation(p)
			}
		}
	}
	for _, item := range slices.Sorted(maps.Keys(s.Growths)) {
		for _, p := range c.places(item) {
			c.growth(p, s.Growths[item])
		}
	}
	c.judge()
	return c.report
}

type checker struct {
	s      *Series
	t      *Table
	report Checked
}

// places are where an item is given, by area and year.
func (c *checker) places(item string) (out []place) {
	for p := range c.t.cells {
		if p.item == item {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b place) int {
		if d := strings.Compare(a.area, b.area); d != 0 {
			return d
		}
		return a.year - b.year
	})
	return out
}

func (c *checker) cell(p place) (Cell, bool) {
	if list := c.t.cells[p]; len(list) > 0 {
		return list[0], true
	}
	return Cell{}, false
}

// twice looks for values that are given more than once and differ.
func (c *checker) twice() {
	items := map[string]bool{}
	for p := range c.t.cells {
		items[p.item] = true
	}
	for _, item := range slices.Sorted(maps.Keys(items)) {
		for _, p := range c.places(item) {
			list := c.t.cells[p]
			for _, other := range list[1:] {
				if other.V != list[0].V {
					c.add(Mismatch{Identity: "twice", Item: item, Area: p.area, Year: p.year, Whole: list[0].V, Parts: other.V, Verdict: Twice, Cells: []Cell{list[0], other},
						Text: lang.T("同一个数登了两次，且不同", "one value is given twice, and differs")})
				}
			}
		}
	}
}

// total is that an item is the sum of others, in one area and year.
func (c *checker) total(p place, parts []string) {
	whole, _ := c.cell(p)
	cells, sum, off := []Cell{whole}, int64(0), whole.half()
	for _, item := range parts {
		x, ok := c.cell(place{item, p.area, p.year})
		if !ok {
			return // not published
		}
		cells, sum, off = append(cells, x), sum+x.V, off+x.half()
	}
	c.hold("total", p, whole.V, sum, off, cells)
}

// nation is that the nation's value is the sum of all areas'.
func (c *checker) nation(p place) {
	whole, _ := c.cell(p)
	cells, sum, off := []Cell{whole}, int64(0), whole.half()
	for _, q := range c.places(p.item) {
		if x, ok := c.cell(q); ok && q.year == p.year && q.area != c.s.Nation {
			cells, sum, off = append(cells, x), sum+x.V, off+x.half()
		}
	}
	if len(cells) == 1 {
		c.add(Mismatch{Identity: "nation", Item: p.item, Area: p.area, Year: p.year, Whole: whole.V, Verdict: Missing, Cells: cells, Text: lang.T("没有分地区的数", "no areas are given")})
		return
	}
	c.hold("nation", p, whole.V, sum, off, cells)
}

// growth is that a printed growth in percent is what the two years give.
func (c *checker) growth(p place, of string) {
	printed, _ := c.cell(p)
	now, ok1 := c.cell(place{of, p.area, p.year})
	before, ok2 := c.cell(place{of, p.area, p.year - 1})
	if !ok1 || !ok2 || before.V == 0 {
		return
	}
	is := new(big.Int).Mul(big.NewInt(now.V-before.V), big.NewInt(1_000_000)) // percent in ten-thousandths
	is.Quo(is, big.NewInt(before.V))
	c.hold("growth", p, printed.V, is.Int64(), printed.half()+1, []Cell{printed, now, before})
}

func (c *checker) hold(identity string, p place, whole, parts, off int64, cells []Cell) {
	if d := whole - parts; d >= -off && d <= off {
		c.report.Held++
		return
	}
	c.add(Mismatch{Identity: identity, Item: p.item, Area: p.area, Year: p.year, Whole: whole, Parts: parts, Cells: cells})
}

func (c *checker) add(f Mismatch) { c.report.Findings = append(c.report.Findings, f) }

// judge tells errors from differences of definition: of one identity, item and area, three or more failures in one direction, and at least
// half of all years, are a definition; everything else stands alone. An error in a total whose nation is off by the same is in that cell.
func (c *checker) judge() {
	type key struct{ identity, item, area string }
	up, down := map[key]int{}, map[key]int{}
	for _, f := range c.report.Findings {
		k := key{f.Identity, f.Item, f.Area}
		if f.rounded() {
			continue
		}
		if f.Whole > f.Parts {
			up[k]++
		} else {
			down[k]++
		}
	}
	for i := range c.report.Findings {
		f := &c.report.Findings[i]
		if f.Verdict != "" {
			continue
		}
		if f.rounded() {
			f.Verdict = Rounding
			f.Text = lang.T("相差 "+text(f.Whole-f.Parts)+"，不到五万分之一，或者不到末位的十个单位：公布前已经取整", "off by "+text(f.Whole-f.Parts)+", less than one in 50 000 or ten of the last place: rounded before it was published")
			continue
		}
		k := key{f.Identity, f.Item, f.Area}
		n, most := len(c.yearsOf(f.Item, f.Area)), max(up[k], down[k])
		if most >= 3 && most*2 >= n && min(up[k], down[k]) == 0 {
			f.Verdict = Definition
			f.Text = lang.T(fmt.Sprintf("相差 %s；%d 年中有 %d 年同向不符，应是口径不同", text(f.Whole-f.Parts), n, most), fmt.Sprintf("off by %s; %d of %d years are off in the same direction: a difference of definition", text(f.Whole-f.Parts), most, n))
			continue
		}
		f.Verdict = Error
		f.Text = lang.T(fmt.Sprintf("相差 %s；其他年份多数相符，应是差错", text(f.Whole-f.Parts)), fmt.Sprintf("off by %s, while most other years hold: an error", text(f.Whole-f.Parts)))
		c.locate(f)
	}
}

func (c *checker) yearsOf(item, area string) map[int]bool {
	out := map[int]bool{}
	for p := range c.t.cells {
		if p.item == item && p.area == area {
			out[p.year] = true
		}
	}
	return out
}

// locate looks for another identity of the same year that is off by the same amount: the cell that both share is the wrong one.
func (c *checker) locate(f *Mismatch) {
	for _, o := range c.report.Findings {
		if o.Year != f.Year || o.Identity == f.Identity || abs(o.Whole-o.Parts) != abs(f.Whole-f.Parts) {
			continue
		}
		for _, a := range f.Cells {
			if slices.Contains(o.Cells, a) {
				f.Text.ZH += fmt.Sprintf("；%s 的这一格同时使另一恒等式相差同样的数：%s", a.Area, a)
				f.Text.EN += fmt.Sprintf("; another identity is off by the same, and both share the cell %s", a)
				return
			}
		}
	}
}

// rounded tells a difference too small to be anything else.
func (f *Mismatch) rounded() bool {
	off := abs(f.Whole - f.Parts)
	return f.Identity != "growth" && (off < abs(f.Whole)/50_000 || f.Whole != 0 && off <= 20*f.Cells[0].half() && off < abs(f.Whole)/1_000)
}

func abs(n int64) int64 { return max(n, -n) }
