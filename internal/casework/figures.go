package casework

import (
	"maps"
	"slices"

	"kechuang/internal/figure"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// Figures is what a pack counts, as the plain values that the room of figures knows: those of the cockpit first, in their order.
func Figures(p *policy.Pack) []figure.Definition {
	list := slices.SortedFunc(maps.Values(p.Figures), func(a, b *policy.Figure) int {
		first := func(f *policy.Figure) int64 {
			if f.Cockpit == 0 {
				return 1 << 30
			}
			return f.Cockpit
		}
		if d := first(a) - first(b); d != 0 {
			return int(d)
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	out := make([]figure.Definition, len(list))
	for i, f := range list {
		out[i] = definition(f)
	}
	return out
}

func definition(f *policy.Figure) figure.Definition {
	d := figure.Definition{Name: f.Name, Title: f.Title, Unit: f.Unit, Period: figure.Period(f.Period), Since: f.Since, Parts: f.Parts,
		Overlaps: map[string]lang.Text{}}
	for _, x := range f.Breakdown {
		d.Dims = append(d.Dims, figure.Dim{Name: x.Name, Overlap: x.Overlap})
	}
	for _, o := range f.Overlaps {
		d.Overlaps[o.Figure] = o.Why
	}
	if f.Baseline != nil {
		d.Baseline = &figure.Point{Value: f.Baseline.Value, At: f.Baseline.At}
	}
	for _, t := range f.Targets {
		d.Targets = append(d.Targets, figure.Point{Value: t.Value, At: t.At})
	}
	for _, r := range f.Rules {
		d.Rules = append(d.Rules, figure.Rule{Version: r.Version, From: r.From, Way: figure.Way(r.Way), Facts: r.Facts, Less: r.Less, By: r.By,
			Where: r.Where, Next: r.Late == "next", Figures: r.Figures})
	}
	return d
}

// factDims are a fact's own dimensions with those that are known of every fact.
func (c *change) factDims(dims map[string]string) map[string]string {
	all := map[string]string{"mechanism": c.d.mech.Name}
	maps.Copy(all, dims)
	return all
}
