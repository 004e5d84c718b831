package zeroone

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// ReadORLibrary reads multidimensional knapsacks as the OR-Library writes them (mknapcb*.txt): the number of problems; for each the numbers of
// items n and limits m and a known value (0 if none); n values; m rows of n coefficients; m limits. All are separated by white space.
// The known values come back beside the problems.
func ReadORLibrary(in io.Reader) (list []*Problem, known []int64, err error) {
	r := numbers{scan: bufio.NewScanner(in)}
	r.scan.Buffer(make([]byte, 1<<16), 1<<20)
	r.scan.Split(bufio.ScanWords)
	count := r.next(1, 1<<20)
	for range count {
		n, m := r.next(0, 1<<24), r.next(0, 1<<16)
		known = append(known, r.next(-most, most))
		p := &Problem{Values: r.many(n), Rows: make([]Row, m)}
		items := make([]int32, len(p.Values))
		for j := range items {
			items[j] = int32(j)
		}
		for i := range p.Rows {
			p.Rows[i] = Row{Lo: -None, Items: items, Coef: r.many(n)}
		}
		for i := range p.Rows {
			p.Rows[i].Hi = r.next(-most, most)
		}
		if r.err != nil {
			return nil, nil, r.err
		}
		if err := p.Check(); err != nil {
			return nil, nil, fmt.Errorf("problem %d: %w", len(list)+1, err)
		}
		list = append(list, p)
	}
	if r.err == nil && r.scan.Scan() {
		r.err = fmt.Errorf("zeroone: number %d (%q) stands after the last problem", r.read+1, r.scan.Text())
	}
	return list, known, r.err
}

// numbers reads whole numbers one after another and remembers the first thing that was wrong.
type numbers struct {
	scan *bufio.Scanner
	read int
	err  error
}

func (r *numbers) next(least, greatest int64) int64 {
	if r.err != nil {
		return least
	}
	if !r.scan.Scan() {
		if r.err = r.scan.Err(); r.err == nil {
			r.err = fmt.Errorf("zeroone: the file ends after %d numbers, more were announced", r.read)
		}
		return least
	}
	r.read++
	v, err := strconv.ParseInt(r.scan.Text(), 10, 64)
	if err != nil { // some files of the library write 24381.0
		f, bad := strconv.ParseFloat(r.scan.Text(), 64)
		if bad != nil || f != float64(int64(f)) {
			r.err = fmt.Errorf("zeroone: number %d is %q, not a whole number", r.read, r.scan.Text())
			return least
		}
		v = int64(f)
	}
	if v < least || v > greatest {
		r.err = fmt.Errorf("zeroone: number %d is %d, it may be %d to %d", r.read, v, least, greatest)
		return least
	}
	return v
}

func (r *numbers) many(n int64) []int64 {
	var list []int64
	for range n {
		list = append(list, r.next(-most, most))
		if r.err != nil {
			return nil
		}
	}
	return list
}
