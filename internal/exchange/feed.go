package exchange

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// overlap is what a follower reads again: longer than any transaction of ours.
const overlap = 2 * time.Minute

// mostItems is how many items a page has at most.
const mostItems = 500

// Feed gives what everybody may read of a city.
type Feed struct {
	DB       *store.DB
	Register *register.Register
	Calls    func(ctx context.Context, q casework.HallQuery) ([]casework.HallItem, string, error)
	City     OpenCity                          // without its kinds
	Sign     func(text string) (string, error) // with the city's key, City.Key; nil: pages are not signed
}

// About says who this is and which kinds are open.
func (f *Feed) About() OpenCity {
	c := f.City
	c.Format, c.Kinds = Format, []OpenKind{}
	for _, k := range f.Register.Kinds() {
		if k.Public {
			c.Kinds = append(c.Kinds, OpenKind{k.Name, k.Title, k.Called, open(k)})
		}
	}
	return c
}

// open is the fields of a kind that everybody reads.
func open(k *register.RecordKind) []register.RecordField {
	out := []register.RecordField{}
	for _, f := range k.Fields {
		if f.Public || f.Name == k.Called || f.Name == k.Status {
			out = append(out, f)
		}
	}
	return out
}

// Records gives records of public kinds from a place on; from is empty, or what a page named.
func (f *Feed) Records(ctx context.Context, from string, limit int) (Page, error) {
	page := Page{Format: Format, City: f.City.ID, Items: []OpenItem{}, Resume: from}
	place, err := parsePlace(from)
	if err != nil {
		return page, err
	}
	if limit <= 0 || limit > mostItems {
		limit = mostItems
	}
	var kinds []string
	for _, k := range f.Register.Kinds() {
		if k.Public {
			kinds = append(kinds, k.Name)
		}
	}
	err = f.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := f.Register.RecordsSince(tx, kinds, place, limit+1)
		if err != nil {
			return err
		}
		more := len(list) > limit
		if more {
			list = list[:limit]
		}
		page.Items = page.Items[:0]
		for _, rec := range list {
			item, err := f.item(tx, rec)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		if len(list) == 0 {
			return nil
		}
		last := list[len(list)-1]
		if more {
			page.Next = placeText(register.Place{Changed: last.Changed, ID: last.ID})
		}
		page.Resume = placeText(register.Place{Changed: last.Changed.Add(-overlap)})
		return nil
	})
	if err != nil {
		return page, err
	}
	return f.sign(page)
}

// item is a record with its public fields; of a retired one only that it is gone.
func (f *Feed) item(tx *store.Tx, rec register.Record) (OpenItem, error) {
	item := OpenItem{ID: rec.ID, Kind: rec.Kind, Name: rec.Name, Status: rec.Status, Gone: rec.Retired, Revision: rec.Revision, Changed: rec.Changed}
	if !rec.Retired {
		item.Values, item.Names = map[string]json.RawMessage{}, map[string]string{}
		for _, x := range open(f.Register.Kind(rec.Kind)) {
			v := rec.Values[x.Name]
			if len(v) == 0 || string(v) == "null" {
				continue
			}
			item.Values[x.Name] = v
			if err := f.name(tx, x, v, item.Names); err != nil {
				return item, err
			}
		}
	}
	item.seal()
	return item, nil
}

// name notes what the party or the open record that a value names is called.
func (f *Feed) name(tx *store.Tx, x register.RecordField, v json.RawMessage, names map[string]string) error {
	var id string
	if json.Unmarshal(v, &id) != nil || id == "" {
		return nil
	}
	switch x.Type {
	case "party":
		name, _, _, err := f.Register.Named(tx, id)
		if err != nil {
			return err
		}
		names[id] = name
	case "node":
		name, err := f.Register.NodeName(tx, id)
		if err != nil {
			return err
		}
		names[id] = name.ZH
	case "record":
		rec, err := f.Register.GetRecord(tx, id)
		if err != nil && len(refusal.Of(err)) == 0 {
			return err
		}
		if k := f.Register.Kind(rec.Kind); err == nil && k != nil && k.Public {
			names[id] = rec.Name
		}
	}
	return nil
}

// OpenCalls gives all calls that are open now.
func (f *Feed) OpenCalls(ctx context.Context) (Page, error) {
	page := Page{Format: Format, City: f.City.ID, Items: []OpenItem{}}
	for after := ""; ; {
		list, next, err := f.Calls(ctx, casework.HallQuery{Kind: "open", After: after, Limit: 200})
		if err != nil {
			return page, err
		}
		for _, c := range list {
			item, err := callItem(c)
			if err != nil {
				return page, err
			}
			page.Items = append(page.Items, item)
		}
		if next == "" || len(page.Items) >= mostItems {
			return f.sign(page)
		}
		after = next
	}
}

// callItem is an open call: its public fields as they stand, what it is, and until when it is open.
func callItem(c casework.HallItem) (OpenItem, error) {
	item := OpenItem{ID: c.Case, Kind: CallKind, Name: c.Title, Status: c.State.Name, Revision: 1, Changed: c.Since, Values: map[string]json.RawMessage{}}
	for k, v := range c.Fields {
		item.Values[k] = v
	}
	said := map[string]any{"mechanism": lang.Text(c.Mechanism.Title), "state": c.State.Title}
	if c.Due != nil {
		said["until"] = c.Due.UTC()
	}
	for k, v := range said {
		raw, err := json.Marshal(v)
		if err != nil {
			return item, err
		}
		item.Values[k] = raw
	}
	item.seal()
	return item, nil
}

// placeText writes a place: microseconds and the record's id.
func placeText(p register.Place) string {
	return strconv.FormatInt(store.Micros(p.Changed), 10) + "." + p.ID
}

func parsePlace(s string) (p register.Place, err error) {
	if s == "" {
		return p, nil
	}
	at, id, _ := strings.Cut(s, ".")
	micros, err := strconv.ParseInt(at, 10, 64)
	if err != nil || len(s) > 120 {
		return p, refusal.New(refusal.Invalid, "exchange.place", lang.T("from 不是本接口给出的位置", "from is no place that this feed has given")).At("from").
			Mend(lang.T("不写 from，从头读起", "leave it out to read from the beginning"))
	}
	return register.Place{Changed: store.Time(micros), ID: id}, nil
}
