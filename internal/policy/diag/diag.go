// Package diag is what the program says about a definition that is not right: where it is, what is wrong and how to mend it, in
// both languages, all at once and always in the same order.
//
//	var list diag.List
//	list.Add(diag.Finding{File: "mechanisms/jiebang.yaml", Line: 71, Col: 5, Proof: "conserved", Code: "held_at_end",
//		Message: lang.T("启动资金可能无人结清", "the start money may be left unsettled"),
//		Hint:    lang.T("在 stop 加 do: [release: grant]", "add do: [release: grant] to stop"),
//		Path:    []string{"draft", "─submit→", "submitted"}})
//	list.Sort()
//	fmt.Print(list)
//
// A List is an error when it holds something; a loader that found nothing wrong gives an empty one.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Finding is one thing that is wrong, and where.
type Finding struct {
	File    string    `json:"file"`
	Line    int       `json:"line"`
	Col     int       `json:"col"`
	Proof   string    `json:"proof"` // typed, sound, answered …
	Code    string    `json:"code"`  // stable and lower-case, "unknown_key"
	Message lang.Text `json:"message"`
	Hint    lang.Text `json:"hint,omitzero"`
	Path    []string  `json:"path,omitempty"` // the way that breaks the proof: state, ─step→, state …
}

// In writes the finding in one language: place, proof and message, then the path and the hint, each on a line of its own.
func (f Finding) In(l lang.Tag) string {
	words := map[string]lang.Text{"path": lang.T("可达路径", "reachable path"), "hint": lang.T("修改建议", "how to mend it")}
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d  %s  %s", f.File, f.Line, f.Col, f.Proof, f.Message.In(l))
	if len(f.Path) > 0 {
		fmt.Fprintf(&b, "\n  %s: %s", words["path"].In(l), strings.Join(f.Path, " "))
	}
	if !f.Hint.IsZero() {
		fmt.Fprintf(&b, "\n  %s: %s", words["hint"].In(l), f.Hint.In(l))
	}
	return b.String()
}

// String is the finding in Chinese.
func (f Finding) String() string { return f.In(lang.ZH) }

// List is everything that is wrong.
type List []Finding

// Add appends a finding.
func (l *List) Add(f Finding) { *l = append(*l, f) }

// Sort orders by file, line, column, proof, code and text, and drops findings that say the same thing twice.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Proof, b.Proof), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message.ZH, b.Message.ZH))
	})
	*l = slices.CompactFunc(*l, func(a, b Finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Col == b.Col && a.Proof == b.Proof && a.Code == b.Code && a.Message == b.Message
	})
}

// In writes the findings in one language, one paragraph each.
func (l List) In(t lang.Tag) string {
	parts := make([]string, len(l))
	for i, f := range l {
		parts[i] = f.In(t)
	}
	return strings.Join(parts, "\n")
}

// String is the list in Chinese.
func (l List) String() string { return l.In(lang.ZH) }

// Error is the list in Chinese.
func (l List) Error() string { return l.String() }

// Err is nil for an empty list and the list otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Nearest is the candidate that a mistyped word most likely meant, "" where none is near: at most a third of its runes differ.
func Nearest(word string, candidates []string) string {
	best, at := "", len([]rune(word))/3+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := distance([]rune(word), []rune(c)); d <= at && d < len([]rune(c)) {
			if d < at || best == "" {
				best, at = c, d
			}
		}
	}
	return best
}

// distance is Levenshtein's, with a swap of neighbours counted as one.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}
