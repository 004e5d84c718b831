package casework

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// What others publish: taken in by the statisticians with its source, kept in versions, checked by the pack's identities, and shown beside
// our own figures. It is never counted.

// OutsideSeries is what a pack declares as the plain values that the checker knows.
func OutsideSeries(s *policy.Series) *outside.Series {
	return &outside.Series{Name: s.Name, Title: s.Title, Source: s.Source, Nation: s.Nation, Aliases: s.Aliases, Totals: s.Totals, Nations: s.Nations, Growths: s.Growths,
		Columns: outside.Columns{Area: s.Columns["area"], Year: s.Columns["year"], Item: s.Columns["item"], Value: s.Columns["value"], Unit: s.Columns["unit"]}}
}

func (e *Engine) series(name string) (*policy.Series, error) {
	if s := e.Seen().Series[name]; s != nil {
		return s, nil
	}
	return nil, refusal.New(refusal.NotFound, "outside.no_series", lang.T("政策包里没有“"+name+"”这套外部数据", "The pack has no series “"+name+"”"))
}

// OutsideView is one series with all that was taken in of it.
type OutsideView struct {
	Name    string                    `json:"name"`
	Title   lang.Text                 `json:"title"`
	Source  lang.Text                 `json:"source"`
	Columns map[string]string         `json:"columns" doc:"area, year, item, value, unit: the heads that the file must have"`
	Items   map[string]lang.Text      `json:"items"`
	Tables  []outside.Taken           `json:"tables"`
	Cells   int                       `json:"cells" doc:"values that stand"`
	Held    int                       `json:"held" doc:"identities that hold"`
	Failed  map[outside.Verdict]int64 `json:"failed" doc:"identities that fail, by verdict"`
	Report  *outside.Checked          `json:"report,omitempty"`
	Mapped  map[string]lang.Text      `json:"mapped" doc:"figures of ours that it stands beside"`
}

// OutsideList is every series of the pack, without its report.
func (e *Engine) OutsideList(tx *store.Tx) ([]OutsideView, error) {
	out := []OutsideView{}
	for _, name := range slices.Sorted(maps.Keys(e.Seen().Series)) {
		v, err := e.OutsideOf(tx, name)
		if err != nil {
			return nil, err
		}
		v.Report = nil
		out = append(out, v)
	}
	return out, nil
}

// OutsideOf is one series with the identities that fail in what stands of it.
func (e *Engine) OutsideOf(tx *store.Tx, name string) (OutsideView, error) {
	s, err := e.series(name)
	if err != nil {
		return OutsideView{}, err
	}
	v := OutsideView{Name: name, Title: s.Title, Source: s.Source, Columns: s.Columns, Items: s.Items, Mapped: map[string]lang.Text{}}
	for _, b := range s.Beside {
		v.Mapped[b.Figure] = e.Seen().Figures[b.Figure].Title
	}
	if v.Tables, err = outside.Tables(tx, name); err != nil {
		return v, err
	}
	t, err := outside.Standing(tx, name)
	if err != nil {
		return v, err
	}
	v.judged(OutsideSeries(s).Check(t))
	return v, nil
}

func (v *OutsideView) judged(r outside.Checked) {
	v.Report, v.Cells, v.Held, v.Failed = &r, r.Cells, r.Held, map[outside.Verdict]int64{}
	for _, f := range r.Findings {
		v.Failed[f.Verdict]++
	}
}

// TryOutside reads a file as it would be taken in, and checks it alone; it keeps nothing.
func (e *Engine) TryOutside(actor identity.Actor, name, file string, data []byte) (OutsideView, error) {
	if err := mayCount(actor); err != nil {
		return OutsideView{}, err
	}
	s, err := e.series(name)
	if err != nil {
		return OutsideView{}, err
	}
	v := OutsideView{Name: name, Title: s.Title, Source: s.Source, Columns: s.Columns, Items: s.Items}
	t, err := OutsideSeries(s).Parse(file, data)
	if err != nil {
		return v, err
	}
	v.judged(OutsideSeries(s).Check(t))
	return v, nil
}

// TakeOutside keeps a published table, with a leaf of the journal that names its digest.
func (e *Engine) TakeOutside(ctx context.Context, actor identity.Actor, name, file, source string, data []byte) (f outside.Taken, err error) {
	if err := mayCount(actor); err != nil {
		return f, err
	}
	s, err := e.series(name)
	if err != nil {
		return f, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		f, err = OutsideSeries(s).Take(tx, outside.Taken{Name: file, Source: source, Account: actor.Account, Who: actor.Name}, data)
		if err != nil {
			return err
		}
		return e.noteFigures(tx, actor, "outside", f)
	})
	return f, err
}

// WithdrawOutside takes a table out of what stands, with the reason.
func (e *Engine) WithdrawOutside(ctx context.Context, actor identity.Actor, id, reason string) (f outside.Taken, err error) {
	if err := mayCount(actor); err != nil {
		return f, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if f, err = outside.Withdraw(tx, id, reason); err != nil {
			return err
		}
		return e.noteFigures(tx, actor, "outside_withdrawn", f)
	})
	return f, err
}

// BesideFigure is what one series says beside a figure of ours.
type BesideFigure struct {
	Series   string             `json:"series"`
	Title    lang.Text          `json:"title"`
	Source   lang.Text          `json:"source"`
	Item     string             `json:"item"`
	ItemName lang.Text          `json:"itemName"`
	Area     string             `json:"area"`
	Relation outside.Relation   `json:"relation" enum:"same,part"`
	Note     lang.Text          `json:"note,omitzero"`
	Years    []BesideYear       `json:"years" doc:"latest first"`
	Findings []outside.Mismatch `json:"findings,omitempty" doc:"identities that fail and have a cell of it"`
}

// BesideYear is one year of both.
type BesideYear struct {
	Year     int               `json:"year"`
	Value    *int64            `json:"value" doc:"as published, in the figure's unit"`
	Printed  string            `json:"printed"`
	Unit     string            `json:"unit"`
	Ours     *int64            `json:"ours" doc:"our figure at the end of that year, null where nothing is recorded"`
	Against  bool              `json:"against,omitempty" doc:"the two contradict each other"`
	Versions []outside.Version `json:"versions" doc:"all tables that give it, newest first: the first stands"`
}

// Beside is what others publish beside a figure. findings says whether the identities are looked at too.
func (e *Engine) Beside(tx *store.Tx, name string, findings bool) ([]BesideFigure, error) {
	out := []BesideFigure{}
	for _, key := range slices.Sorted(maps.Keys(e.Seen().Series)) {
		s := e.Seen().Series[key]
		for _, b := range s.Beside {
			if b.Figure != name {
				continue
			}
			v, err := e.besideOne(tx, s, b)
			if err != nil {
				return nil, err
			}
			if len(v.Years) == 0 {
				continue
			}
			if findings {
				if v.Findings, err = findingsOf(tx, s, b); err != nil {
					return nil, err
				}
			}
			out = append(out, v)
		}
	}
	return out, nil
}

func (e *Engine) besideOne(tx *store.Tx, s *policy.Series, b policy.Beside) (BesideFigure, error) {
	v := BesideFigure{Series: s.Name, Title: s.Title, Source: s.Source, Item: b.Item, ItemName: s.Items[b.Item], Area: b.Area, Relation: outside.Relation(b.Relation), Note: b.Note}
	list, err := outside.Versions(tx, s.Name, b.Item, b.Area)
	if err != nil {
		return v, err
	}
	unit := e.Seen().Figures[b.Figure].Unit
	for _, x := range list {
		if x.Unit == "" {
			x.Unit = b.Unit
		}
		if n := len(v.Years); n > 0 && v.Years[n-1].Year == x.Year {
			v.Years[n-1].Versions = append(v.Years[n-1].Versions, x)
			continue
		}
		y := BesideYear{Year: x.Year, Printed: x.Number.String(), Unit: x.Unit, Versions: []outside.Version{x}}
		if value, ok := x.In(x.Unit, unit); ok {
			y.Value = &value
		}
		end := caldate.Date(fmt.Sprintf("%04d-12-31", x.Year))
		ours, err := e.Book().Value(tx, b.Figure, figure.At{Day: end})
		if err != nil {
			return v, err
		}
		if ours.Facts > 0 && end < caldate.On(tx.Now()) { // a year that has not ended is not compared
			y.Ours = ours.Value
		}
		y.Against = y.Value != nil && y.Ours != nil && !v.Relation.Fits(*y.Value, x.Half(x.Unit, unit), *y.Ours)
		v.Years = append(v.Years, y)
	}
	return v, nil
}

// findingsOf are the identities that fail and have a cell of what stands beside a figure.
func findingsOf(tx *store.Tx, s *policy.Series, b policy.Beside) (out []outside.Mismatch, err error) {
	t, err := outside.Standing(tx, s.Name)
	if err != nil {
		return nil, err
	}
	for _, f := range OutsideSeries(s).Check(t).Findings {
		if slices.ContainsFunc(f.Cells, func(c outside.Cell) bool { return c.Item == b.Item && c.Area == b.Area }) {
			out = append(out, f)
		}
	}
	return out, nil
}

// FigureAlerts are the contradictions among our own figures and with what others publish beside them (Beside).
func (e *Engine) FigureAlerts(tx *store.Tx, name string, at figure.At, beside []BesideFigure) ([]figure.Alert, error) {
	out, err := e.Book().Alerts(tx, name, at)
	if err != nil {
		return nil, err
	}
	for _, b := range beside {
		for _, y := range b.Years {
			if !y.Against {
				continue
			}
			zh, en := "“%s”公布的 %d 年数与本系统记录不同", "“%s” publishes another value for %d than our records give"
			if b.Relation == outside.Part {
				zh, en = "“%s”公布的 %d 年数比本系统的还小，而本系统的只是其中一部分", "what “%s” publishes for %d is less than ours, which is only a part of it"
			}
			out = append(out, figure.Alert{Kind: "reports", Figure: name, Month: fmt.Sprintf("%04d-12", y.Year), Was: y.Value, Now: y.Ours,
				Text: lang.T(fmt.Sprintf(zh, b.Title.ZH, y.Year), fmt.Sprintf(en, b.Title.EN, y.Year))})
		}
	}
	return out, nil
}
