package policy

import (
	"maps"
	"slices"
	"strconv"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// KindCount says what a record of a kind counts for: one fact as long as the record says so. With Until the fact is in force from a day to a
// day and ends where the record says so no longer; without, it is an event, which is taken back then.
type KindCount struct {
	Fact   string              `json:"fact"`
	From   string              `json:"from"`             // the date field: the day on which it counts
	Until  string              `json:"until,omitempty"`  // the date field: the last day on which it is in force
	Sum    string              `json:"sum,omitempty"`    // the field, of money, a share or a count, that is its amount; 1 without
	Where  map[string][]string `json:"where,omitempty"`  // field → values with which it counts
	Filled []string            `json:"filled,omitempty"` // fields without which it does not count: its evidence
	Dims   []CountDim          `json:"dims,omitempty"`
	Pos    Pos                 `json:"-"`
}

// CountDim is one dimension of such a fact: a field of the record, or what is known of the party or record that the field names.
type CountDim struct {
	Name      string `json:"name"`
	Field     string `json:"field"`
	Attribute string `json:"attribute,omitempty"` // of a party: kind, region, uscc; of a record: one of its fields
}

// RecordDim is a dimension that every fact of a record has without being written: the record itself, so that a figure may count it once.
const RecordDim = "record"

// PartyDims are what a dimension may read of a party.
var PartyDims = []string{"kind", "region", "uscc"}

// Counted is what a record counts for as it stands.
type Counted struct {
	Day, Until caldate.Date
	Amount     int64
	Dims       map[string]string
}

// Same tells whether two say the same; nil is counting for nothing.
func (c *Counted) Same(d *Counted) bool {
	return c == nil && d == nil || c != nil && d != nil && c.equal(*d)
}

func (c Counted) equal(d Counted) bool {
	return c.Day == d.Day && c.Until == d.Until && c.Amount == d.Amount && maps.Equal(c.Dims, d.Dims)
}

// Of reads it off a record's values; nil where they count for nothing. look tells what is known of the party or record that a field names.
func (c *KindCount) Of(v Values, look func(d CountDim, id string) (string, error)) (*Counted, error) {
	day, ok := v[c.From].(caldate.Date)
	if !ok {
		return nil, nil
	}
	for field, values := range c.Where {
		if !slices.Contains(values, dimText(v[field])) {
			return nil, nil
		}
	}
	for _, field := range c.Filled {
		if v[field] == nil {
			return nil, nil
		}
	}
	out := &Counted{Day: day, Amount: 1, Dims: map[string]string{}}
	out.Until, _ = v[c.Until].(caldate.Date)
	switch n := v[c.Sum].(type) {
	case int64:
		out.Amount = n
	case money.Fen:
		out.Amount = int64(n)
	case share.PPM:
		out.Amount = int64(n)
	case nil:
		if c.Sum != "" {
			out.Amount = 0
		}
	}
	for _, d := range c.Dims {
		s := dimText(v[d.Field])
		if d.Attribute != "" && s != "" {
			var err error
			if s, err = look(d, s); err != nil {
				return nil, err
			}
		}
		out.Dims[d.Name] = s
	}
	return out, nil
}

func dimText(v Value) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case caldate.Date:
		return string(v)
	}
	return ""
}

// Change is what becomes of the fact that stands of a record when it changes: whether that one is taken back, and what is recorded anew.
//
// An event is corrected: taken back, and recorded as it is said now. What is in force ends on its day, or on the day before today where the
// record counts no more; a later beginning ends the one before and begins another; what was suspended begins again today.
func (c *KindCount) Change(stands, was, want *Counted, today caldate.Date) (back bool, anew []Counted) {
	switch {
	case stands == nil && want == nil || stands != nil && want != nil && stands.equal(*want):
		return false, nil
	case stands == nil:
		return false, []Counted{*want}
	case c.Until == "" && want == nil:
		return true, nil
	case c.Until == "":
		return true, []Counted{*want}
	case want == nil:
		return stands.endBefore(today)
	case want.Day > stands.Day:
		back, anew = stands.endBefore(want.Day)
		return back, append(anew, *want)
	case was == nil && stands.Until != "" && stands.Until < today: // it was suspended
		again := *want
		again.Day = today
		return false, []Counted{again}
	}
	return true, []Counted{*want}
}

// endBefore ends what is in force on the day before a day, unless it has ended by then.
func (c Counted) endBefore(day caldate.Date) (back bool, anew []Counted) {
	last := day.AddDays(-1)
	switch {
	case c.Until != "" && c.Until <= last:
		return false, nil
	case last < c.Day:
		return true, nil
	}
	c.Until = last
	return true, []Counted{c}
}
