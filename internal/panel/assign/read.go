package assign

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// maxPairs bounds what a file may ask for: 200 million pairs are 2 GB.
const maxPairs = 200_000_000

// Read reads a problem as text, numbers separated by blanks:
//
//	R P                 experts and proposals
//	R numbers           the most proposals for each expert
//	R numbers           the least
//	P numbers           reviews needed by each proposal
//	R lines of P        scores
//	R lines of P        marks: 1 where the pair is excluded, else 0
//
// Each row must be a line of its own; empty lines, a byte order mark and Windows line ends do no harm. The score of an excluded pair
// does not matter and may be anything. Errors name the line and which number of it.
func Read(r io.Reader) (*Problem, error) {
	in := &reader{in: bufio.NewReaderSize(r, 1<<20)}
	p, err := in.problem()
	if err != nil {
		return nil, err
	}
	return p, nil
}

type reader struct {
	in   *bufio.Reader
	line int
	rest []byte // of the line
	at   int    // which number of the line was read last
	long []byte // a line that is longer than the buffer
}

// wrong is what is the matter with the number that was read last.
func (r *reader) wrong(id, zh, en string) error {
	return refusal.New(refusal.Invalid, "assign.file."+id, lang.T(fmt.Sprintf("第 %d 行第 %d 个数：%s", r.line, r.at, zh), fmt.Sprintf("line %d, number %d: %s", r.line, r.at, en))).
		At(fmt.Sprintf("%d:%d", r.line, r.at))
}

func (r *reader) wrongLine(id, zh, en string) error {
	return refusal.New(refusal.Invalid, "assign.file."+id, lang.T(fmt.Sprintf("第 %d 行：%s", r.line, zh), fmt.Sprintf("line %d: %s", r.line, en))).At(strconv.Itoa(r.line))
}

// next goes to the next line that is not empty.
func (r *reader) next(whatZH, whatEN string) error {
	for {
		line, err := r.read()
		if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
			if errors.Is(err, io.EOF) {
				return refusal.New(refusal.Invalid, "assign.file.short", lang.T(fmt.Sprintf("文件在第 %d 行结束，缺少%s", r.line, whatZH), fmt.Sprintf("the file ends at line %d: %s is missing", r.line, whatEN)))
			}
			return err
		}
		r.line++
		if r.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if r.rest, r.at = bytes.TrimSpace(line), 0; len(r.rest) > 0 {
			return nil
		}
	}
}

func (r *reader) read() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	r.long = append(r.long[:0], line...)
	for errors.Is(err, bufio.ErrBufferFull) {
		line, err = r.in.ReadSlice('\n')
		if r.long = append(r.long, line...); len(r.long) > 1<<30 {
			return nil, r.wrongLine("long", "行太长", "the line is too long")
		}
	}
	return r.long, err
}

// word cuts the next number off the line; nil at its end.
func (r *reader) word() []byte {
	if len(r.rest) == 0 {
		return nil
	}
	r.at++
	i := 0
	for i < len(r.rest) && r.rest[i] > ' ' {
		i++
	}
	w := r.rest[:i]
	for i < len(r.rest) && r.rest[i] <= ' ' {
		i++
	}
	r.rest = r.rest[i:]
	return w
}

// count is a whole number from 0 to most.
func (r *reader) count(w []byte, most int) (int, error) {
	n, err := strconv.Atoi(string(w))
	if err != nil {
		if f, bad := strconv.ParseFloat(string(w), 64); bad == nil && f == math.Trunc(f) && math.Abs(f) < 1e9 {
			n, err = int(f), nil // "4.0", as some programs write it
		}
	}
	if err != nil {
		return 0, r.wrong("number", fmt.Sprintf("“%s”不是整数", short(w)), fmt.Sprintf("%q is not a whole number", short(w)))
	}
	if n < 0 || n > most {
		return 0, r.wrong("range", fmt.Sprintf("%d 不在 0 至 %d 之间", n, most), fmt.Sprintf("%d is not between 0 and %d", n, most))
	}
	return n, nil
}

func short(w []byte) string {
	if len(w) > 40 {
		return string(w[:40]) + "…"
	}
	return string(w)
}

// row reads one line of so many counts.
func (r *reader) row(n, most int, zh, en string) ([]int, error) {
	if err := r.next(zh, en); err != nil {
		return nil, err
	}
	row := make([]int, n)
	for i := range row {
		w := r.word()
		if w == nil {
			return nil, r.few(i, n, zh, en)
		}
		v, err := r.count(w, most)
		if err != nil {
			return nil, err
		}
		row[i] = v
	}
	return row, r.end(n, zh, en)
}

func (r *reader) few(have, want int, zh, en string) error {
	return r.wrongLine("few", fmt.Sprintf("%s应有 %d 个数，只有 %d 个", zh, want, have), fmt.Sprintf("%s should be %d numbers, there are %d", en, want, have))
}

func (r *reader) end(n int, zh, en string) error {
	if r.word() != nil {
		return r.wrongLine("many", fmt.Sprintf("%s应有 %d 个数，多了", zh, n), fmt.Sprintf("%s should be %d numbers, there are more", en, n))
	}
	return nil
}

func (r *reader) problem() (*Problem, error) {
	size, err := r.row(2, 100_000_000, "专家数和申请数", "the numbers of experts and proposals")
	if err != nil {
		return nil, err
	}
	experts, proposals := size[0], size[1]
	if experts == 0 || proposals == 0 || experts > maxPairs/proposals {
		return nil, r.wrongLine("size", fmt.Sprintf("%d 名专家、%d 件申请：至少各一，乘积至多 %d", experts, proposals, maxPairs), fmt.Sprintf("%d experts and %d proposals: at least one of each, and at most %d pairs", experts, proposals, maxPairs))
	}
	const many = 1_000_000_000
	most, err := r.row(experts, many, "每名专家的件数上限", "the upper loads")
	if err != nil {
		return nil, err
	}
	least, err := r.row(experts, many, "每名专家的件数下限", "the lower loads")
	if err != nil {
		return nil, err
	}
	p := &Problem{Experts: make([]Expert, experts), Proposals: make([]Proposal, proposals)}
	for e := range p.Experts {
		if p.Experts[e] = (Expert{Least: least[e], Most: most[e]}); least[e] > most[e] {
			r.at = e + 1
			return nil, r.wrong("load", fmt.Sprintf("下限 %d 大于上限 %d", least[e], most[e]), fmt.Sprintf("the lower load %d is above the upper load %d", least[e], most[e]))
		}
	}
	needs, err := r.row(proposals, many, "每件申请需要的评审数", "the numbers of reviews needed")
	if err != nil {
		return nil, err
	}
	for q := range p.Proposals {
		p.Proposals[q].Needs = needs[q]
	}
	return p, r.pairs(p)
}

// pairs reads the scores, then the marks; a score that cannot be is told only when its pair is not excluded.
func (r *reader) pairs(p *Problem) error {
	experts, proposals := len(p.Experts), len(p.Proposals)
	p.Scores, p.Barred = make([]Score, experts*proposals), make([]bool, experts*proposals)
	bad := map[int]error{}
	for e := range experts {
		zh, en := fmt.Sprintf("第 %d 名专家的分数", e+1), fmt.Sprintf("the scores of expert %d", e+1)
		if err := r.next(zh, en); err != nil {
			return err
		}
		for q := range proposals {
			w := r.word()
			if w == nil {
				return r.few(q, proposals, zh, en)
			}
			s, err := r.score(w)
			if p.Scores[e*proposals+q] = s; err != nil && len(bad) < maxPairs/100 {
				bad[e*proposals+q] = err
			}
		}
		if err := r.end(proposals, zh, en); err != nil {
			return err
		}
	}
	for e := range experts {
		zh, en := fmt.Sprintf("第 %d 名专家的回避标记", e+1), fmt.Sprintf("the marks of expert %d", e+1)
		if err := r.next(zh, en); err != nil {
			return err
		}
		for q := range proposals {
			w := r.word()
			if w == nil {
				return r.few(q, proposals, zh, en)
			}
			mark := 0
			if len(w) == 1 && w[0] <= '1' && w[0] >= '0' {
				mark = int(w[0] - '0')
			} else if n, err := r.count(w, 1); err != nil {
				return err
			} else {
				mark = n
			}
			if p.Barred[e*proposals+q] = mark == 1; mark == 0 && bad[e*proposals+q] != nil {
				return bad[e*proposals+q]
			}
		}
		if err := r.end(proposals, zh, en); err != nil {
			return err
		}
	}
	if err := r.next("", ""); err == nil {
		return r.wrongLine("after", "回避标记之后还有内容", "there is more after the marks")
	}
	return nil
}

// score reads a score; whether it can be is told by an error that counts only when the pair is not excluded.
func (r *reader) score(w []byte) (Score, error) {
	if len(w) == 1 && w[0] >= '0' && w[0] <= '9' {
		return Score(w[0]-'0') * One, nil
	}
	f, err := strconv.ParseFloat(string(w), 64)
	switch {
	case err != nil || math.IsNaN(f):
		return 0, r.wrong("number", fmt.Sprintf("“%s”不是分数；请写成 0.85 或者 8.5e-1，数与数之间用空格", short(w)), fmt.Sprintf("%q is not a score; write 0.85 or 8.5e-1, with blanks between numbers", short(w)))
	case f < 0:
		return 0, r.wrong("negative", fmt.Sprintf("分数 %s 是负数；不得评审的，请标为回避", short(w)), fmt.Sprintf("the score %s is negative; mark the pair as excluded where it must not be", short(w)))
	case f > float64(BestScore/One):
		return 0, r.wrong("range", fmt.Sprintf("分数 %s 大于 %d", short(w), BestScore/One), fmt.Sprintf("the score %s is above %d", short(w), BestScore/One))
	}
	return Score(math.Round(f * float64(One))), nil
}
