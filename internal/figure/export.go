package figure

import (
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Trail is a figure's value with everything behind it: what an auditor takes away.
type Trail struct {
	Definition *Definition
	Means      lang.Text // in words
	Value      Value
	By         []Breakdown // by each dimension
	Facts      []Fact
	Cut        bool // there are more facts than were asked for
	Made       time.Time
	Words      Words
}

// Words are what a reader calls what stands in facts as codes; what is not there is shown as it is.
type Words struct {
	Dims   map[string]lang.Text // dimensions
	Values map[string]lang.Text // "dimension/value"
	Kinds  map[string]lang.Text // kinds of facts
}

func (w Words) dim(name string) lang.Text { return called(w.Dims, name, name) }

func (w Words) value(dim, v string) lang.Text { return called(w.Values, dim+"/"+v, v) }

func called(m map[string]lang.Text, key, otherwise string) lang.Text {
	if t, ok := m[key]; ok {
		return t
	}
	return lang.T(otherwise, otherwise)
}

// Trail follows a value down to at most so many facts.
func (b *Book) Trail(tx *store.Tx, name string, at At, means lang.Text, most int) (t Trail, err error) {
	t.Made, t.Means = tx.Now(), means
	if t.Definition, err = b.Definition(name); err != nil {
		return t, err
	}
	if t.Value, err = b.Value(tx, name, at); err != nil {
		return t, err
	}
	for _, d := range t.Definition.Dims {
		by, err := b.Breakdown(tx, name, at, d.Name)
		if err != nil {
			return t, err
		}
		t.By = append(t.By, by)
	}
	if len(t.Definition.rule(at.Day).Facts) > 0 {
		var next *Place
		t.Facts, next, err = b.Behind(tx, name, at, nil, nil, Place{}, most)
		t.Cut = next != nil
	}
	return t, err
}

// Origin is where a fact came from, as far as the caller knows.
type Origin struct {
	Title     string    // of the case or record
	Step      lang.Text // what was done, or the file that brought it
	Who, Leaf string
}
