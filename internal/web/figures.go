package web

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

type (
	// FigureCard is a figure as the cockpit shows it. Values are numbers, fen or parts per million by the unit; null where there is none.
	FigureCard struct {
		Name    string              `json:"name"`
		Title   lang.Text           `json:"title"`
		Unit    string              `json:"unit" doc:"元: value in fen; %: in parts per million; else a number"`
		Period  string              `json:"period" doc:"year, cumulative, in_force"`
		Cockpit int64               `json:"cockpit,omitempty" doc:"place in the cockpit; 0: not there"`
		Value   figure.Value        `json:"value"`
		Latest  *figure.Value       `json:"latest,omitempty" doc:"of a figure of the year that has nothing in it yet: its value at the end of the last year that has; growth and spark are of that day then"`
		Growth  *int64              `json:"growth" doc:"against a year before by the same definition, parts per million; null for ratios and where that was zero"`
		Spark   []figure.MonthValue `json:"spark" doc:"month ends, the last is the day itself"`
		Aim     *figure.Aim         `json:"aim,omitempty"`
		Alerts  int                 `json:"alerts"`
	}
	// Cockpit is all figures on a day.
	Cockpit struct {
		Day     caldate.Date `json:"day"`
		Known   caldate.Date `json:"known,omitempty"`
		Figures []FigureCard `json:"figures"`
		Frozen  string       `json:"frozen,omitempty" doc:"the last month that is frozen"`
	}
	// FigureDim is a way to break a figure down.
	FigureDim struct {
		Name    string    `json:"name"`
		Title   lang.Text `json:"title"`
		Overlap lang.Text `json:"overlap,omitzero" doc:"why its parts are not added"`
	}
	// FigurePage is everything about one figure.
	FigurePage struct {
		FigureCard
		Code      string                  `json:"code,omitempty"`
		Means     lang.Text               `json:"means"`
		Scope     lang.Text               `json:"scope,omitzero"`
		Evidence  lang.Text               `json:"evidence,omitzero"`
		Since     caldate.Date            `json:"since,omitempty"`
		Cite      string                  `json:"cite" doc:"the document and clause"`
		Trust     string                  `json:"trust,omitempty"`
		Dims      []FigureDim             `json:"dims"`
		Rules     []policy.FigureRule     `json:"rules" doc:"oldest first; the last is in force"`
		Counts    []lang.Text             `json:"counts" doc:"what the rule of the day counts, in words"`
		Overlaps  []FigureOverlap         `json:"overlaps" doc:"figures that it is never added to"`
		Baseline  *policy.FigureValue     `json:"baseline,omitempty"`
		Targets   []policy.Target         `json:"targets"`
		Series    []figure.MonthValue     `json:"series"`
		LastYear  *figure.Value           `json:"lastYear,omitempty" doc:"the same day a year before, by the same definition"`
		Reported  []figure.Reported       `json:"reported"`
		Reports   []figure.Report         `json:"reports"`
		Beside    []casework.BesideFigure `json:"beside" doc:"what others publish"`
		Alerting  []figure.Alert          `json:"alerting"`
		Mechanism []MechanismTitle        `json:"mechanisms" doc:"whose steps record what it counts"`
	}
	// FigureOverlap is a figure that may count the same, and why.
	FigureOverlap struct {
		Figure string    `json:"figure"`
		Title  lang.Text `json:"title"`
		Why    lang.Text `json:"why"`
	}
	// MechanismTitle names a mechanism.
	MechanismTitle struct {
		Name  string    `json:"name"`
		Title lang.Text `json:"title"`
	}
	// FigureParts is a breakdown with the titles of its keys.
	FigureParts struct {
		figure.Breakdown
		Titles map[string]lang.Text `json:"titles" doc:"of keys, where a taxonomy has them"`
	}
	// FigureFacts is one page of the facts behind a value.
	FigureFacts struct {
		Items []figure.Fact        `json:"items"`
		Next  string               `json:"next,omitempty"`
		Kinds map[string]lang.Text `json:"kinds" doc:"titles"`
		// Titles names values of dimensions, by "dimension/value"; Of the case or record of each fact.
		Titles map[string]lang.Text `json:"titles"`
		Of     map[string]string    `json:"of"`
	}
	// FigureDay is which day's value, as known when.
	FigureDay struct {
		Day   string `query:"day" doc:"as of; without it today"`
		Known string `query:"known" doc:"as known at the end of this day; without it now"`
	}
	// FigureInput names a figure and the days.
	FigureInput struct {
		Name  string `path:"name"`
		Day   string `query:"day" doc:"as of; without it today"`
		Known string `query:"known" doc:"as known at the end of this day; without it now"`
	}
)

// counters are who reads figures: the bureau's offices, finance, statisticians and auditors.
var counters = access{roles: []string{identity.RoleFigures, identity.RoleFinance, identity.RoleAuditor, identity.RoleAudit}, offices: true}

var statisticians = access{roles: []string{identity.RoleFigures}, session: true}

func (s *Server) figureRoutes() {
	handle(s, route{method: "GET", path: "/api/figures", id: "figures", tell: "All figures on a day: value, year on year, trend, target, alerts", access: counters},
		func(ctx context.Context, _ identity.Actor, in *FigureDay) (*reply[Cockpit], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (Cockpit, error) { return s.cockpit(tx, at) }))
		})
	handle(s, route{method: "GET", path: "/api/figures/{name}", id: "figure", tell: "A figure: definition, value, trend, target and forecast, frozen values, alerts", access: counters},
		func(ctx context.Context, _ identity.Actor, in *FigureInput) (*reply[FigurePage], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (FigurePage, error) { return s.figurePage(tx, in.Name, at) }))
		})
	handle(s, route{method: "GET", path: "/api/figures/{name}/parts", id: "figureParts", tell: "A figure by one or two of its dimensions", access: counters},
		func(ctx context.Context, _ identity.Actor, in *struct {
			FigureInput
			By string `query:"by" required:"true" doc:"one dimension, or two with a comma between"`
		}) (*reply[FigureParts], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (FigureParts, error) {
				return s.figureParts(tx, in.Name, at, strings.Split(in.By, ","))
			}))
		})
	handle(s, route{method: "GET", path: "/api/figures/{name}/facts", id: "figureFacts", tell: "The facts behind a figure or one of its parts", access: counters},
		func(ctx context.Context, _ identity.Actor, in *struct {
			FigureInput
			By    string `query:"by" doc:"dimensions, with commas between"`
			Of    string `query:"of" doc:"their values, with commas between"`
			After string `query:"after" doc:"next of the page before"`
			Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
		}) (*reply[FigureFacts], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (FigureFacts, error) {
				return s.figureFacts(tx, in.Name, at, in.By, in.Of, in.After, in.Limit)
			}))
		})
	handle(s, route{method: "GET", path: "/api/figure-sum", id: "figureSum", tell: "Add figures; refused where they may count the same thing", access: counters},
		func(ctx context.Context, _ identity.Actor, in *struct {
			FigureDay
			Names string `query:"names" required:"true" doc:"with commas between"`
		}) (*reply[figure.Value], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (figure.Value, error) {
				return s.cases.Book().Add(tx, strings.Split(in.Names, ","), at)
			}))
		})
	handle(s, route{method: "GET", path: "/api/facts/{id}", id: "fact", tell: "A fact: its case, step, papers and leaf in the journal", access: counters},
		func(ctx context.Context, _ identity.Actor, in *struct {
			ID string `path:"id"`
		}) (*reply[casework.FactView], error) {
			return answer(read(ctx, s, func(tx *store.Tx) (casework.FactView, error) { return s.cases.FactOf(tx, in.ID) }))
		})
	for _, f := range []struct{ name, media, tell string }{{"prov.json", "application/json", "A figure's provenance as W3C PROV-JSON: facts, steps, people, records of the journal"},
		{"csv.zip", "application/zip", "The facts behind a figure as CSV with metadata"}, {"xlsx", xlsx, "A figure as a workbook, a sheet for every level"}} {
		handle(s, route{method: "GET", path: "/api/figures/{name}/export." + f.name, id: "exportFigure_" + strings.Split(f.name, ".")[0], tell: f.tell, access: counters, media: f.media},
			func(ctx context.Context, _ identity.Actor, in *FigureInput) (*file, error) {
				at, err := s.figureAt(in.Day, in.Known)
				if err != nil {
					return nil, err
				}
				body, err := read(ctx, s, func(tx *store.Tx) ([]byte, error) { return s.exportFigure(tx, in.Name, at, f.name, languageOf(ctx)) })
				return &file{ContentType: f.media, Disposition: attachment(in.Name + "-" + string(at.Day) + "." + f.name), Body: body}, err
			})
	}
	s.freezeRoutes()
}

// mostExported is how many facts an export follows; it says when there are more.
const mostExported = 50_000

func (s *Server) exportFigure(tx *store.Tx, name string, at figure.At, format string, l lang.Tag) ([]byte, error) {
	var means lang.Text
	if f := s.cases.Seen().Figures[name]; f != nil {
		means = f.Means
	}
	t, err := s.cases.Book().Trail(tx, name, at, means, mostExported)
	if err != nil {
		return nil, err
	}
	if t.Words, err = s.figureWords(tx, name, t); err != nil {
		return nil, err
	}
	origins := map[string]figure.Origin{}
	for _, f := range t.Facts {
		v, err := s.cases.OriginOf(tx, f)
		if err != nil {
			return nil, err
		}
		origins[f.ID] = v
	}
	var out bytes.Buffer
	origin := func(f figure.Fact) figure.Origin { return origins[f.ID] }
	switch format {
	case "prov.json":
		err = t.PROV(&out, origin)
	case "csv.zip":
		err = t.CSV(&out, origin)
	default:
		err = t.XLSX(&out, origin, l)
	}
	return out.Bytes(), err
}

func (s *Server) freezeRoutes() {
	handle(s, route{method: "GET", path: "/api/freezes", id: "freezes", tell: "The months that are frozen, latest first, with digest and signature", access: counters},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]figure.Freeze], error) {
			return answer(read(ctx, s, s.cases.Book().Freezes))
		})
	handle(s, route{method: "POST", path: "/api/freezes", id: "freeze", tell: "Freeze a month that has ended", access: statisticians, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Body struct {
				Month string `json:"month" minLength:"7" maxLength:"7" doc:"2025-06"`
			}
		}) (*reply[figure.Freeze], error) {
			return answer(s.cases.FreezeMonth(ctx, who, in.Body.Month))
		})
	handle(s, route{method: "POST", path: "/api/figures/{name}/restatements", id: "restate", tell: "Write beside a frozen value what its facts come to now", access: statisticians, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Name string `path:"name"`
			Body struct {
				Month  string `json:"month" minLength:"7" maxLength:"7"`
				Reason string `json:"reason" minLength:"1" maxLength:"500"`
			}
		}) (*reply[figure.Restatement], error) {
			return answer(s.cases.Restate(ctx, who, in.Name, in.Body.Month, in.Body.Reason))
		})
	handle(s, route{method: "POST", path: "/api/figures/{name}/reports", id: "reportFigure", tell: "Keep what somebody else says a figure was", access: statisticians, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Name string `path:"name"`
			Body struct {
				Day    string `json:"day"`
				Value  int64  `json:"value" doc:"number, fen or parts per million by the unit"`
				Source string `json:"source" minLength:"1" maxLength:"200" doc:"who says so, where"`
			}
		}) (*reply[string], error) {
			at, err := s.figureAt(in.Body.Day, "")
			if err != nil {
				return nil, err
			}
			return answer(s.cases.ReportFigure(ctx, who, figure.Report{Figure: in.Name, Day: at.Day, Value: in.Body.Value, Source: in.Body.Source}))
		})
}

// figureAt reads the two days; without them it is today as known now.
func (s *Server) figureAt(day, known string) (at figure.At, err error) {
	at.Day = caldate.On(s.now())
	for _, x := range []struct {
		text  string
		field string
		to    *caldate.Date
	}{{day, "day", &at.Day}, {known, "known", &at.Known}} {
		if x.text == "" {
			continue
		}
		d, err := caldate.Parse(x.text)
		if err != nil {
			return at, refusal.New(refusal.Invalid, "figure.day", lang.T(err.Error(), "“"+x.text+"” is not a date")).At(x.field)
		}
		*x.to = d
	}
	return at, nil
}

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
