package judge

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Need is what an enterprise asks for, in its own words.
type Need struct {
	ID, Title, Content string
}

// Pair is an achievement put beside a need. Of the achievement only the words of its title are known.
type Pair struct {
	ID, Achievement, Need, Words string
	Level                        float64 // 4 strongest … 1 unrelated; 0 is not judged
}

// ReadNeeds reads lines of rid, title, content.
func ReadNeeds(r io.Reader) ([]Need, error) {
	var needs []Need
	err := eachLine(r, []string{"rid", "title", "content"}, 2, func(_ int, f []string) error {
		needs = append(needs, Need{f[0], f[1], strings.ReplaceAll(f[2], `\n`, "\n")})
		return nil
	})
	return needs, err
}

var pairColumns = []string{"guid", "aid", "rid", "a_title_tokens", "level"}

// ReadPairs reads lines of guid, aid, rid, words: pairs that are asked about. A level that is there is not looked at.
func ReadPairs(r io.Reader) ([]Pair, error) {
	var pairs []Pair
	err := eachLine(r, pairColumns, 3, func(_ int, f []string) error {
		pairs = append(pairs, Pair{ID: f[0], Achievement: f[1], Need: f[2], Words: f[3]})
		return nil
	})
	return pairs, err
}

// ReadJudged reads lines of guid, aid, rid, words, level; a pair whose level is empty has not been judged.
func ReadJudged(r io.Reader) ([]Pair, error) {
	var pairs []Pair
	err := eachLine(r, pairColumns, 3, func(line int, f []string) error {
		p := Pair{ID: f[0], Achievement: f[1], Need: f[2], Words: f[3]}
		if f[4] != "" {
			level, err := strconv.ParseFloat(f[4], 64)
			if err != nil || !(level >= 1 && level <= 4) { // NaN is neither
				return badLine(line, fmt.Sprintf("等级“%s”不是 1 至 4", f[4]), fmt.Sprintf("the level %q is none of 1 to 4", f[4]))
			}
			p.Level = level
		}
		pairs = append(pairs, p)
		return nil
	})
	return pairs, err
}

// eachLine reads tab-separated lines. A heading line with a column rid says which column is where; without one they are in the usual
// order. Columns that are missing at the end of a line are empty but for the first ones, extra tabs belong to the last.
func eachLine(r io.Reader, columns []string, least int, visit func(line int, fields []string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), 1<<28)
	names := strings.Join(columns, ", ")
	order, line := columns, 0
	for s.Scan() {
		text := strings.TrimRight(s.Text(), "\r")
		if line++; line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if text == "" {
			continue
		}
		f := strings.SplitN(text, "\t", len(order))
		if len(f) < least {
			return badLine(line, fmt.Sprintf("应为制表符分隔的各列 %s，这一行只有 %d 列", names, len(f)), fmt.Sprintf("the columns %s, separated by tabs, are expected; this line has %d", names, len(f)))
		}
		if heading := strings.Fields(strings.ToLower(text)); line == 1 && slices.Contains(heading, "rid") {
			order = heading
			continue
		}
		row := make([]string, len(columns))
		for i, name := range columns {
			if at := slices.Index(order, name); at >= 0 && at < len(f) {
				row[i] = strings.TrimSpace(f[at])
			}
		}
		if err := visit(line, row); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return err
	}
	if line == 0 {
		return badLine(1, "文件是空的，应有各列："+names, "the file is empty; these columns are expected: "+names)
	}
	return nil
}

func badLine(line int, zh, en string) error {
	return refusal.New(refusal.Invalid, "match.line", lang.T(fmt.Sprintf("第 %d 行：%s", line, zh), fmt.Sprintf("line %d: %s", line, en)))
}
