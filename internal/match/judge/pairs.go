package judge

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
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

// ReadNeeds reads lines of rid, title, content with a heading line.
func ReadNeeds(r io.Reader) ([]Need, error) {
	var needs []Need
	err := eachLine(r, 3, func(_ int, f []string) error {
		needs = append(needs, Need{f[0], f[1], strings.ReplaceAll(f[2], `\n`, "\n")})
		return nil
	})
	return needs, err
}

// ReadPairs reads lines of guid, aid, rid, words, level with a heading line; the level may be empty or missing.
func ReadPairs(r io.Reader) ([]Pair, error) {
	var pairs []Pair
	err := eachLine(r, 5, func(line int, f []string) error {
		p := Pair{ID: f[0], Achievement: f[1], Need: f[2], Words: f[3]}
		if f[4] != "" {
			level, err := strconv.ParseFloat(f[4], 64)
			if err != nil || level < 1 || level > 4 {
				return fmt.Errorf("line %d: the level %q is none of 1 to 4", line, f[4])
			}
			p.Level = level
		}
		pairs = append(pairs, p)
		return nil
	})
	return pairs, err
}

// eachLine reads tab-separated lines after the heading; missing columns at the end are empty, extra tabs belong to the last.
func eachLine(r io.Reader, columns int, visit func(line int, fields []string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), 1<<26)
	for line := 1; s.Scan(); line++ {
		text := strings.TrimSuffix(s.Text(), "\r")
		if line == 1 || text == "" {
			continue
		}
		f := strings.SplitN(text, "\t", columns)
		for len(f) < columns {
			f = append(f, "")
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		if err := visit(line, f); err != nil {
			return err
		}
	}
	return s.Err()
}
