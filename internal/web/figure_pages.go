package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

const sparkMonths = 13

func (s *Server) cockpit(tx *store.Tx, at figure.At) (Cockpit, error) {
	out := Cockpit{Day: at.Day, Known: at.Known, Figures: []FigureCard{}}
	for _, name := range s.cases.Book().Names() {
		if s.cases.Seen().Figures[name].Inner {
			continue
		}
		card, err := s.figureCard(tx, s.cases.Seen().Figures[name], at, sparkMonths)
		if err != nil {
			return out, err
		}
		if aim, found, err := s.cases.Book().Aim(tx, name, at, nil); err != nil {
			return out, err
		} else if found {
			card.Aim = &aim
		}
		beside, err := s.cases.Beside(tx, name, false)
		if err != nil {
			return out, err
		}
		alerts, err := s.cases.FigureAlerts(tx, name, at, beside)
		if err != nil {
			return out, err
		}
		card.Alerts = len(alerts)
		out.Figures = append(out.Figures, card)
	}
	frozen, err := s.cases.Book().LastFrozen(tx)
	out.Frozen = frozen
	return out, err
}

func (s *Server) figureCard(tx *store.Tx, f *policy.Figure, at figure.At, months int) (c FigureCard, err error) {
	book := s.cases.Book()
	c = FigureCard{Name: f.Name, Title: f.Title, Unit: f.Unit, Period: string(f.Period), Cockpit: f.Cockpit}
	if c.Value, err = book.Value(tx, f.Name, at); err != nil {
		return c, err
	}
	if c.Latest, err = s.latest(tx, f, at, c.Value); err != nil {
		return c, err
	}
	if c.Latest != nil {
		at = c.Latest.At
	}
	if f.Unit != "%" {
		g, err := book.Growth(tx, f.Name, at)
		if err != nil {
			return c, err
		}
		c.Growth = g.Value
	}
	c.Spark, err = book.Series(tx, f.Name, figure.At{Day: at.Day}, months)
	return c, err
}

// mostYears is how far back the last year with anything in it is looked for.
const mostYears = 5

// latest is the end of the last year with facts, of a figure of the year that has none in this one: nothing recorded yet is not zero.
func (s *Server) latest(tx *store.Tx, f *policy.Figure, at figure.At, now figure.Value) (*figure.Value, error) {
	if f.Period != policy.YearPeriod || recorded(now) {
		return nil, nil
	}
	for year := at.Day.Year() - 1; year >= at.Day.Year()-mostYears; year-- {
		v, err := s.cases.Book().Value(tx, f.Name, figure.At{Day: caldate.Date(fmt.Sprintf("%04d-12-31", year)), Known: at.Known})
		if err != nil {
			return nil, err
		}
		if recorded(v) {
			return &v, nil
		}
	}
	return nil, nil
}

// recorded tells whether there is a fact of the period itself; growth is also worked out from the year before.
func recorded(v figure.Value) bool {
	if len(v.Parts) > 0 {
		return recorded(v.Parts[0])
	}
	return v.Facts > 0
}

func (s *Server) figurePage(tx *store.Tx, name string, at figure.At) (p FigurePage, err error) {
	book, f := s.cases.Book(), s.cases.Seen().Figures[name]
	if f == nil {
		_, err := book.Definition(name)
		return p, err
	}
	if p.FigureCard, err = s.figureCard(tx, f, at, 25); err != nil {
		return p, err
	}
	p.Series, p.Spark = p.Spark, p.Spark[max(len(p.Spark)-sparkMonths, 0):]
	p.Code, p.Means, p.Scope, p.Evidence, p.Since, p.Trust = f.Code, f.Means, f.Scope, f.Evidence, f.Since, f.Trust
	p.Rules, p.Overlaps, p.Baseline, p.Targets, p.Dims = f.Rules, []FigureOverlap{}, f.Baseline, f.Targets, []FigureDim{}
	for _, o := range f.Overlaps {
		p.Overlaps = append(p.Overlaps, FigureOverlap{o.Figure, s.cases.Seen().Figures[o.Figure].Title, o.Why})
	}
	if b := s.cases.Seen().Basis[f.Basis]; b != nil {
		p.Cite = b.Cite(f.Clause)
	}
	for _, d := range f.Breakdown {
		p.Dims = append(p.Dims, FigureDim{d.Name, d.Title, d.Overlap})
	}
	p.Counts, p.Mechanism = s.figureCounts(f.Rule(at.Day)), s.figureMechanisms(f.Rule(at.Day))
	if f.Unit != "%" {
		day := at
		if p.Latest != nil {
			day = p.Latest.At
		}
		g, err := book.Growth(tx, name, day)
		if err != nil {
			return p, err
		}
		p.LastYear = &g.Parts[1]
	}
	if aim, found, err := s.cases.Aim(tx, name, at); err != nil {
		return p, err
	} else if found {
		p.Aim = &aim
	}
	if p.Reported, err = book.Reported(tx, name); err != nil {
		return p, err
	}
	if p.Reports, err = book.Reports(tx, name); err != nil {
		return p, err
	}
	if p.Beside, err = s.cases.Beside(tx, name, true); err != nil {
		return p, err
	}
	p.Alerting, err = s.cases.FigureAlerts(tx, name, at, p.Beside)
	p.Alerts = len(p.Alerting)
	return p, err
}

// figureCounts says what a rule counts in words.
func (s *Server) figureCounts(r *policy.FigureRule) (out []lang.Text) {
	for _, name := range r.Figures {
		if f := s.cases.Seen().Figures[name]; f != nil {
			out = append(out, f.Title)
		}
	}
	for _, name := range r.Facts {
		if k := s.cases.Seen().Facts[name]; k != nil {
			out = append(out, k.Title)
		}
	}
	for _, name := range r.Less {
		if k := s.cases.Seen().Facts[name]; k != nil {
			out = append(out, say("减去%s", "less %s", k.Title))
		}
	}
	return out
}

// figureMechanisms are those whose steps record what a rule counts.
func (s *Server) figureMechanisms(r *policy.FigureRule) []MechanismTitle {
	out := []MechanismTitle{}
	for _, m := range s.cases.Seen().Mechanisms {
		if casework.Records(m, append(append([]string{}, r.Facts...), r.Less...)) {
			out = append(out, MechanismTitle{m.Name, m.Title})
		}
	}
	return out
}

func (s *Server) figureParts(tx *store.Tx, name string, at figure.At, dims []string) (p FigureParts, err error) {
	if p.Breakdown, err = s.cases.Book().Breakdown(tx, name, at, dims...); err != nil {
		return p, err
	}
	p.Titles, err = s.valueTitles(tx, name, p.Breakdown)
	return p, err
}

// valueTitles is what the values of a figure's dimensions are called, by "dimension/value".
func (s *Server) valueTitles(tx *store.Tx, name string, shown ...figure.Breakdown) (map[string]lang.Text, error) {
	titles := map[string]lang.Text{}
	for _, d := range s.cases.Seen().Figures[name].Breakdown {
		if t := s.cases.Seen().Taxonomies[d.Taxonomy]; t != nil {
			for _, c := range t.Codes {
				titles[d.Name+"/"+c.Code] = c.Title
			}
		}
		for _, by := range shown {
			if d.Nodes && slices.Contains(by.Dims, d.Name) {
				if err := s.nodeTitles(tx, by, d.Name, titles); err != nil {
					return nil, err
				}
			}
		}
		if d.Name == "mechanism" {
			for _, m := range s.cases.Seen().Mechanisms {
				titles[d.Name+"/"+m.Name] = m.Title
			}
		}
	}
	return titles, nil
}

// figureWords is what an export calls what stands in facts as codes.
func (s *Server) figureWords(tx *store.Tx, name string, t figure.Trail) (w figure.Words, err error) {
	w.Dims, w.Kinds = map[string]lang.Text{"mechanism": lang.T("机制", "Mechanism"), "record": lang.T("登记项", "Record")}, map[string]lang.Text{}
	for _, d := range s.cases.Seen().Figures[name].Breakdown {
		w.Dims[d.Name] = d.Title
		if x := s.cases.Seen().Taxonomies[d.Taxonomy]; x != nil && d.Title.IsZero() {
			w.Dims[d.Name] = x.Title
		}
	}
	for kind, f := range s.cases.Seen().Facts {
		w.Kinds[kind] = f.Title
	}
	if w.Values, err = s.valueTitles(tx, name, t.By...); err != nil {
		return w, err
	}
	for _, m := range s.cases.Seen().Mechanisms { // every fact has this dimension
		w.Values["mechanism/"+m.Name] = m.Title
	}
	return w, nil
}

func (s *Server) figureFacts(tx *store.Tx, name string, at figure.At, by, of, after string, limit int) (p FigureFacts, err error) {
	var dims, keys []string
	if by != "" {
		dims, keys = strings.Split(by, ","), strings.Split(of, ",")
	}
	var place figure.Place
	if after != "" {
		parts := strings.SplitN(after, "~", 3)
		if len(parts) != 3 {
			return p, refusal.New(refusal.Invalid, "figure.after", lang.T("翻页位置不正确", "The place to go on from is not right")).At("after")
		}
		place = figure.Place{Kind: parts[0], Day: caldate.Date(parts[1]), ID: parts[2]}
	}
	list, next, err := s.cases.Book().Behind(tx, name, at, dims, keys, place, limit)
	if err != nil {
		return p, err
	}
	p.Items, p.Kinds, p.Of = list, map[string]lang.Text{}, map[string]string{}
	if next != nil {
		p.Next = next.Kind + "~" + string(next.Day) + "~" + next.ID
	}
	for _, f := range list {
		if k := s.cases.Seen().Facts[f.Kind]; k != nil {
			p.Kinds[f.Kind] = k.Title
		}
		o, err := s.cases.OriginOf(tx, f)
		if err != nil {
			return p, err
		}
		p.Of[f.ID] = o.Title
	}
	if p.Titles, err = s.valueTitles(tx, name); err != nil {
		return p, err
	}
	for _, f := range list {
		for dim, value := range f.Dims {
			if title := s.codeTitle(dim, value); p.Titles[dim+"/"+value].IsZero() && !title.IsZero() {
				p.Titles[dim+"/"+value] = title
			}
		}
	}
	return p, nil
}

// codeTitle is what a value of a dimension is called that the figure itself is not broken down by: a kind of party, a district, a code
// of the list by which another figure breaks the dimension down. It is zero for what is no code.
func (s *Server) codeTitle(dim, value string) lang.Text {
	for _, k := range register.Kinds {
		if string(k.Kind) == value {
			return k.Title
		}
	}
	if name := s.register.RegionName(value); name != value {
		return lang.T(name, name)
	}
	figures := s.cases.Seen().Figures
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		for _, d := range figures[name].Breakdown {
			if t := s.cases.Seen().Taxonomies[d.Taxonomy]; t != nil && d.Name == dim {
				for _, c := range t.Codes {
					if c.Code == value {
						return c.Title
					}
				}
			}
		}
	}
	return lang.Text{}
}
