package figure

import (
	"fmt"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Alert is one contradiction among the figures. It goes away when the contradiction does.
type Alert struct {
	Kind   string    `json:"kind"` // drift, parts, reports, definition, gone
	Figure string    `json:"figure"`
	Month  string    `json:"month,omitempty"`
	Was    *int64    `json:"was,omitempty"`
	Now    *int64    `json:"now,omitempty"`
	Text   lang.Text `json:"text"`
}

// Report is what somebody else says a figure was on a day.
type Report struct {
	ID     string       `json:"id"`
	Figure string       `json:"figure"`
	Day    caldate.Date `json:"day"`
	Value  int64        `json:"value"`
	Source string       `json:"source"`
	At     time.Time    `json:"at"`
}

// Report keeps what a source says, beside our own; a source says one value for a day.
func (b *Book) Report(tx *store.Tx, r Report, account string) (string, error) {
	if _, err := b.Definition(r.Figure); err != nil {
		return "", err
	}
	if r.Source == "" || r.Day == "" {
		return "", refusal.New(refusal.Invalid, "figure.source", lang.T("请写明出处和日期", "Say where it is from and of which day it is"))
	}
	r.ID, r.At = ident.New("report", tx.Now()), tx.Now()
	return r.ID, insertReport(tx, r, account)
}

// Reports are what others say of a figure, latest day first.
func (b *Book) Reports(tx *store.Tx, name string) ([]Report, error) { return reportsOf(tx, name) }

// Alerts looks for contradictions of one figure as of a day: a frozen value that no longer equals its facts, one whose definition is gone,
// a whole that is not its parts, two reports of one value, a report that differs from our own, a definition that changed within the year.
func (b *Book) Alerts(tx *store.Tx, name string, at At) ([]Alert, error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, err
	}
	out := []Alert{}
	for _, look := range []func(*store.Tx, *Definition, At) ([]Alert, error){b.driftAlerts, b.partAlerts, b.reportAlerts, b.definitionAlerts} {
		found, err := look(tx, d, at)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (b *Book) driftAlerts(tx *store.Tx, d *Definition, _ At) (out []Alert, err error) {
	list, err := b.Reported(tx, d.Name)
	for _, r := range list {
		switch {
		case r.Gone:
			out = append(out, Alert{Kind: "gone", Figure: d.Name, Month: r.Month, Was: r.stands(),
				Text: lang.T(r.Month+" 封存时的口径已不在政策包中，无法复算", "the definition by which "+r.Month+" was frozen is no longer in the pack, so it cannot be counted again")})
		case r.Drift:
			out = append(out, Alert{Kind: "drift", Figure: d.Name, Month: r.Month, Was: r.stands(), Now: r.Now,
				Text: lang.T(r.Month+" 的封存值与现在的事实不符，须核实并更正", "the frozen value of "+r.Month+" no longer equals its facts: look into it and restate it")})
		}
	}
	return out, err
}

func (b *Book) partAlerts(tx *store.Tx, d *Definition, at At) ([]Alert, error) {
	if len(d.Parts) == 0 {
		return nil, nil
	}
	whole, err := b.Value(tx, d.Name, at)
	if err != nil {
		return nil, err
	}
	parts, err := b.total(tx, Value{}, Rule{Figures: d.Parts}, at)
	if err != nil || same(whole.Value, parts.Value) {
		return nil, err
	}
	return []Alert{{Kind: "parts", Figure: d.Name, Was: whole.Value, Now: parts.Value,
		Text: lang.T("总数不等于各部分之和", "the whole is not the sum of its parts")}}, nil
}

func (b *Book) reportAlerts(tx *store.Tx, d *Definition, _ At) ([]Alert, error) {
	list, err := reportsOf(tx, d.Name)
	if err != nil {
		return nil, err
	}
	var out []Alert
	for i, r := range list {
		for _, o := range list[:i] {
			if o.Day == r.Day && o.Value != r.Value {
				out = append(out, Alert{Kind: "reports", Figure: d.Name, Month: string(r.Day), Was: &list[i].Value, Now: &o.Value,
					Text: lang.T(fmt.Sprintf("“%s”与“%s”对 %s 的报道不同", r.Source, o.Source, r.Day), fmt.Sprintf("“%s” and “%s” differ about %s", r.Source, o.Source, r.Day))})
			}
		}
		own, err := b.Value(tx, d.Name, At{Day: r.Day})
		if err != nil {
			return nil, err
		}
		if own.Value != nil && *own.Value != r.Value {
			out = append(out, Alert{Kind: "reports", Figure: d.Name, Month: string(r.Day), Was: &list[i].Value, Now: own.Value,
				Text: lang.T(fmt.Sprintf("“%s”报道的 %s 数与本系统记录不同", r.Source, r.Day), fmt.Sprintf("“%s” reports another value for %s than our records give", r.Source, r.Day))})
		}
	}
	return out, nil
}

// definitionAlerts tells that year on year spans two definitions, with what the older one would say.
func (b *Book) definitionAlerts(tx *store.Tx, d *Definition, at At) ([]Alert, error) {
	now, before := d.rule(at.Day), d.rule(dateOf(yearBefore(dayOf(at.Day))))
	if now.Version == before.Version {
		return nil, nil
	}
	was, err := b.by(tx, d, before, at)
	if err != nil {
		return nil, err
	}
	is, err := b.by(tx, d, now, at)
	return []Alert{{Kind: "definition", Figure: d.Name, Was: was.Value, Now: is.Value,
		Text: lang.T(fmt.Sprintf("口径自 %s 起由第 %s 版改为第 %s 版；同比两年都按新口径", now.From, before.Version, now.Version),
			fmt.Sprintf("the definition changed from version %s to %s on %s; year on year takes both years by the new one", before.Version, now.Version, now.From))}}, err
}
