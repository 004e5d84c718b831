package assign

import (
	"strings"
	"testing"

	"kechuang/internal/refusal"
)

const small = "2 3\n2 2\n0 1\n1 1 1\n0.5 1 0.25\n1e-1 0 -1\n0 0 0\n0 0 1\n"

func TestRead(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"as it is":          small,
		"Windows lines":     strings.ReplaceAll(small, "\n", "\r\n"),
		"byte order mark":   "\ufeff" + small,
		"no last line end":  strings.TrimSuffix(small, "\n"),
		"blanks and tabs":   strings.ReplaceAll(small, " ", " \t  "),
		"empty lines":       strings.ReplaceAll(small, "\n", "\n\n"),
		"loads as decimals": strings.Replace(small, "2 2\n0 1", "2.0 2.0\n0.0 1.0", 1),
	} {
		p, err := Read(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.Scores[3] != One/10 || !p.Barred[5] || p.Experts[1].Least != 1 || p.Experts[1].Most != 2 || p.Proposals[2].Needs != 1 {
			t.Errorf("%s: %+v", name, p)
		}
		if a, err := Total(p); err != nil || a.Total != 135*One/100 {
			t.Errorf("%s: %v %v", name, a, err)
		}
	}
}

// TestReadRefuses names the line and the number of what is wrong.
func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, at, id string }{
		"a word for a number":   {"0.5", "half", "5:1", "number"},
		"not a number":          {"0.5", "NaN", "5:1", "number"},
		"infinite":              {"0.5", "1e999", "5:1", "number"},
		"too large a score":     {"0.5", "99999", "5:1", "range"},
		"negative and allowed":  {"0 0 1\n", "0 0 0\n", "6:3", "negative"},
		"a score missing":       {"0.5 1 0.25", "0.5 1", "5", "few"},
		"a score too many":      {"0.5 1 0.25", "0.5 1 0.25 0", "5", "many"},
		"a mark that is none":   {"0 0 1\n", "0 2 1\n", "8:2", "range"},
		"half a load":           {"2 2", "2 1.5", "2:2", "number"},
		"a negative load":       {"2 2", "-2 2", "2:1", "range"},
		"lower above upper":     {"0 1", "3 1", "3:1", "load"},
		"no experts":            {"2 3", "0 3", "1", "size"},
		"more than memory":      {"2 3", "99999999 99999999", "1", "size"},
		"a row more":            {"0 0 1\n", "0 0 1\n0 0 0\n", "9", "after"},
		"a number in the head":  {"2 3", "2 3 4", "1", "many"},
		"needs that are a word": {"1 1 1", "1 x 1", "4:2", "number"},
	} {
		_, err := Read(strings.NewReader(strings.Replace(small, c.old, c.new, 1)))
		list := refusal.Of(err)
		if len(list) != 1 || list[0].Field != c.at || list[0].ID != "assign.file."+c.id {
			t.Errorf("%s: %v, want %s at %s", name, err, c.id, c.at)
		}
	}
	for i := range len(small) - 2 {
		if _, err := Read(strings.NewReader(small[:i])); err == nil {
			t.Errorf("the first %d bytes are taken for a whole file", i)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read(strings.NewReader(text))
		if err == nil && len(p.Scores) != len(p.Experts)*len(p.Proposals) {
			t.Fatal("half a problem")
		}
		if err != nil && refusal.Of(err) == nil {
			t.Fatalf("an internal error: %v", err)
		}
	})
}
