package play

import (
	"slices"
	"strings"

	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// aggregate reads a path over rows: “count(plan.members, 'role', '牵头')” is count of plan.members, role, 牵头.
func aggregate(path string) (word string, of []string, ok bool) {
	word, inner, ok := strings.Cut(strings.TrimSuffix(path, ")"), "(")
	if !ok || !slices.Contains([]string{"sum", "count", "least", "most"}, word) {
		return "", nil, false
	}
	for _, a := range strings.Split(inner, ", ") {
		of = append(of, strings.Trim(a, "'"))
	}
	return word, of, true
}

// rowsMender changes rows until what is gathered of them is what a condition leaves for it.
type rowsMender struct {
	m      *mender
	field  *policy.Field
	rows   []policy.Values
	column *policy.Field // that is gathered; nil where rows are counted
	by     string        // the choice by which rows are taken; "" for all of them
	values []string      // of that choice
}

// rowsOf finds the rows that an aggregate is over; nil where they are not of this form or may not be changed.
func (m *mender) rowsOf(word string, of []string) *rowsMender {
	f := m.own(of[0])
	if f == nil {
		return nil
	}
	rows, _ := m.values[f.Name].([]policy.Values)
	r := &rowsMender{m: m, field: f, rows: rows}
	rest := of[1:]
	if word != "count" {
		r.column, rest = column(f, rest[0]), rest[1:]
	}
	if len(rest) > 1 {
		r.by, r.values = rest[0], rest[1:]
	}
	return r
}

func column(f *policy.Field, name string) *policy.Field {
	for _, c := range f.Rows {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (r *rowsMender) takes(row policy.Values) bool {
	s, _ := row[r.by].(string)
	return r.by == "" || slices.Contains(r.values, s)
}

// shift spreads what is to be added over the rows that are taken.
func (r *rowsMender) shift(by int64) bool {
	if len(r.rows) == 0 || r.column == nil {
		return false
	}
	var taken []policy.Values
	for _, row := range r.rows {
		if r.takes(row) {
			taken = append(taken, row)
		}
	}
	if len(taken) == 0 {
		r.rows[0][r.by] = r.values[0]
		return true // what it holds is seen when the condition is looked at again
	}
	var sum int64
	weights := make([]share.PPM, len(taken))
	for i, row := range taken {
		sum += policy.Units(row[r.column.Name])
		weights[i] = share.PPM(1 + r.m.f.pick(5))
	}
	parts, err := share.Split(sum+by, weights)
	if err != nil || sum+by < 0 {
		return false
	}
	for i, row := range taken {
		row[r.column.Name] = policy.OfUnits(r.column.Type, parts[i])
	}
	return true
}

// limit brings the column's most or least to a value: rows beyond it are brought to it, and the first one where none is.
func (r *rowsMender) limit(to int64, most bool) bool {
	if to < 0 || r.column == nil {
		return false
	}
	for i, row := range r.rows {
		n := policy.Units(row[r.column.Name])
		if i == 0 || (most && n > to) || (!most && n < to) {
			row[r.column.Name] = policy.OfUnits(r.column.Type, to)
		}
	}
	return len(r.rows) > 0
}

// add makes rows more or fewer.
func (r *rowsMender) add(by int64) bool {
	n := int64(len(r.rows)) + by
	if by > 50 || n < int64(r.field.Min) || (r.field.Max > 0 && n > int64(r.field.Max)) {
		return false
	}
	for int64(len(r.rows)) < n {
		r.rows = append(r.rows, r.m.f.rows(&r.m.sc, r.field, r.m.form.Name)[0])
	}
	r.m.values[r.field.Name] = r.rows[:n]
	r.m.f.whole(r.field, r.rows[:n])
	return true
}

// match makes more or fewer rows of the choice: another row is turned into one of them, or a row is added; or one of them is turned.
func (r *rowsMender) match(by int64) bool {
	col := column(r.field, r.by)
	if col == nil || by == 0 {
		return false
	}
	wanted := by > 0
	if wanted && r.m.f.Rand.IntN(2) == 0 && r.add(1) { // who turns the only row turns it back for the next condition
		return true
	}
	for _, i := range r.m.f.Rand.Perm(len(r.rows)) {
		if r.takes(r.rows[i]) == wanted {
			continue
		}
		for _, c := range col.Choices {
			if slices.Contains(r.values, c.Value) == wanted {
				r.rows[i][r.by] = c.Value
				return true
			}
		}
	}
	return wanted && r.add(1)
}
