package web

import (
	"bytes"
	"context"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
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
