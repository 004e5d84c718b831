package chain

import (
	"cmp"
	"slices"
)

// Holding is one supplier's or country's share of the world's supply.
type Holding struct {
	Name  string `json:"name"`
	PPM   int64  `json:"ppm"`
	Minor bool   `json:"minor,omitempty"`
}

// Concentration is who holds the supply of a node.
type Concentration struct {
	Countries []Holding `json:"countries,omitempty"` // largest first
	Firms     []Holding `json:"firms,omitempty"`
	// HHI is the sum of squared shares in ppm: 1 000 000 when one holds all, 100 000 when ten hold equal parts.
	CountryHHI int64 `json:"country_hhi"`
	FirmHHI    int64 `json:"firm_hhi"`
	// Estimated: shares that nobody stated were taken as equal among those who are known to deliver more than negligibly.
	Estimated bool `json:"estimated,omitempty"`
	Known     bool `json:"known"`
}

// Concentration looks at the supplies of a node. Shares of countries are those stated; without any, they are summed from the firms'.
func (g *Graph) Concentration(k int) Concentration {
	var c Concentration
	var firms, countries []Supply
	for _, i := range g.supplies[k] {
		if s := g.Map.Supplies[i]; s.Firm == "" {
			countries = append(countries, s)
		} else {
			firms = append(firms, s)
		}
	}
	var guessed bool
	c.Firms, guessed = share(firms, func(s Supply) string { return s.Firm })
	if len(countries) > 0 {
		c.Countries, c.Estimated = share(countries, func(s Supply) string { return s.Country })
	} else {
		c.Countries, c.Estimated = sumByCountry(c.Firms, firms), guessed
	}
	c.CountryHHI, c.FirmHHI = hhi(c.Countries), hhi(c.Firms)
	if guessed { // how even the firms are is not known: only that there is one, or are several
		if len(major(c.Firms)) != 1 {
			c.FirmHHI = 0
		}
	}
	c.Known = len(c.Countries) > 0 || len(c.Firms) > 0
	return c
}

// share gives each name its stated share; what is left over is split evenly among those without one that are not minor.
func share(list []Supply, name func(Supply) string) (out []Holding, guessed bool) {
	at := map[string]int{}
	var open []int
	sum := int64(0)
	for _, s := range list {
		k, seen := at[name(s)]
		if !seen {
			k = len(out)
			at[name(s)] = k
			out = append(out, Holding{Name: name(s), Minor: s.Minor})
		}
		switch {
		case s.PPM != nil:
			out[k].PPM += *s.PPM
			sum += *s.PPM
		case !s.Minor && !seen:
			open = append(open, k)
		}
	}
	if rest := 1_000_000 - sum; rest > 0 && len(open) > 0 {
		for i, k := range open {
			out[k].PPM = rest / int64(len(open))
			if int64(i) < rest%int64(len(open)) {
				out[k].PPM++
			}
		}
		guessed = len(open) > 1 || sum > 0
	}
	if sum > 1_000_000 { // printed shares are rounded
		for k := range out {
			out[k].PPM = out[k].PPM * 1_000_000 / sum
		}
	}
	slices.SortStableFunc(out, func(a, b Holding) int { return cmp.Compare(b.PPM, a.PPM) })
	return out, guessed
}

func sumByCountry(firms []Holding, list []Supply) []Holding {
	home := map[string]string{}
	for _, s := range list {
		home[s.Firm] = s.Country
	}
	at := map[string]int{}
	var out []Holding
	for _, f := range firms {
		country := home[f.Name]
		k, seen := at[country]
		if !seen {
			k = len(out)
			at[country] = k
			out = append(out, Holding{Name: country, Minor: true})
		}
		out[k].PPM += f.PPM
		out[k].Minor = out[k].Minor && f.Minor
	}
	slices.SortStableFunc(out, func(a, b Holding) int { return cmp.Compare(b.PPM, a.PPM) })
	return out
}

func major(list []Holding) []Holding {
	return slices.DeleteFunc(slices.Clone(list), func(h Holding) bool { return h.PPM == 0 })
}

// hhi is Σ share²; a holding without a name stands for many.
func hhi(list []Holding) int64 {
	sum := int64(0)
	for _, h := range list {
		if h.Name != "" {
			sum += h.PPM * h.PPM / 1_000_000
		}
	}
	return min(sum, 1_000_000)
}

// Top is the largest holding of a country or a firm.
func (c *Concentration) Top() (top Holding) {
	for _, list := range [][]Holding{c.Countries, c.Firms} {
		for _, h := range list {
			if h.Name != "" && h.PPM > top.PPM {
				top = h
			}
		}
	}
	return top
}

// from is what a country holds.
func (c *Concentration) from(country string) int64 {
	for _, h := range c.Countries {
		if h.Name == country {
			return h.PPM
		}
	}
	return 0
}
