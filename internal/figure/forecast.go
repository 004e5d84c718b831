package figure

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sort"
	"time"

	"kechuang/internal/caldate"
)

// Journey is how one case went: where it stood and from when to when, and what it brought to the figure. Days are counted from 1970.
type Journey struct {
	Stays []Stay
	Hits  []Hit
}

// Stay is the time in one state. To is 0 while the case still stands there; a state that ends a case is not a stay.
type Stay struct {
	State    string
	From, To int
}

// Hit is what a case brought to the figure on a day: 1, or an amount.
type Hit struct {
	Day    int
	Amount int64
}

// DayNumber counts days from 1970 in Shanghai time.
func DayNumber(d caldate.Date) int {
	return int(d.Start().Add(8*time.Hour).Unix() / 86400)
}

// DateOfNumber is the day of such a number.
func DateOfNumber(n int) caldate.Date { return caldate.On(time.Unix(int64(n)*86400, 0)) }

// Outlook is what the pipeline may bring, on top of what is there: in one run in ten less than Low, in one in ten more than High.
type Outlook struct {
	At             caldate.Date `json:"at"`
	Low, Mid, High int64
}

// Forecast is the outlook at each of the days asked for, in their order, from what stands in the pipeline and what will come into it.
//
// The pipeline is taken as a semi-Markov process, estimated from the journeys themselves: for each state, how long cases stand there and
// where they go next, by Kaplan and Meier's estimator, so that cases that are still there count for the time they have stood (E. L. Kaplan,
// P. Meier, JASA 53, 1958). Each run walks every open case on from where it stands, given how long it has stood there, and lets new cases
// begin as many as in a month drawn from the last twelve. Each group of runs is estimated from journeys drawn anew (bootstrap), so the
// interval knows that the past is a sample. The same journeys give the same answer, in whatever order they come.
func Forecast(journeys []Journey, today caldate.Date, days []caldate.Date) []Outlook {
	const groups, each = 40, 25
	journeys = slices.SortedFunc(slices.Values(journeys), Journey.compare)
	now := DayNumber(today)
	until := make([]int, len(days))
	for i, d := range days {
		until[i] = DayNumber(d)
	}
	results := make([][]int64, len(days))
	rng := rand.New(rand.NewPCG(uint64(now), uint64(len(journeys))))
	open := slices.DeleteFunc(slices.Clone(journeys), func(j Journey) bool { return len(j.Stays) == 0 || j.Stays[len(j.Stays)-1].To != 0 })
	for range groups {
		drawn := make([]Journey, len(journeys))
		for i := range drawn {
			drawn[i] = journeys[rng.IntN(len(journeys))]
		}
		p := estimate(drawn, now)
		for range each {
			for i, n := range p.run(rng, open, now, until) {
				results[i] = append(results[i], n)
			}
		}
	}
	out := make([]Outlook, len(days))
	for i, d := range days {
		out[i].At = d
		if list := results[i]; len(list) > 0 {
			slices.Sort(list)
			out[i].Low, out[i].Mid, out[i].High = list[len(list)/10], list[len(list)/2], list[len(list)*9/10]
		}
	}
	return out
}

func (j Journey) compare(k Journey) int {
	if c := slices.CompareFunc(j.Stays, k.Stays, func(a, b Stay) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.State, b.State))
	}); c != 0 {
		return c
	}
	return slices.CompareFunc(j.Hits, k.Hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Amount, b.Amount)) })
}

// leaving is how one stay ended.
type leaving struct {
	after int    // days
	next  string // "" for an end
	hit   int64
}

// life is what is known of one state: at each time at which cases left it, who left, and the part that stands longer (Kaplan and Meier's
// estimate: the product of those who stayed over those who stood at least as long).
type life struct {
	times []int
	stay  []float64 // of a draw, no amount of anything
	left  [][]leaving
}

// process is the estimated pipeline.
type process struct {
	states   map[string]*life
	first    []string // where cases began, one for each
	arrivals [12]int  // by month before today
}

func estimate(journeys []Journey, now int) *process {
	p := &process{states: map[string]*life{}}
	ended, stood := map[string][]leaving{}, map[string][]int{}
	for _, j := range journeys {
		if len(j.Stays) == 0 {
			continue
		}
		p.first = append(p.first, j.Stays[0].State)
		if m := (now - j.Stays[0].From) / 30; m >= 0 && m < 12 {
			p.arrivals[m]++
		}
		for i, s := range j.Stays {
			if s.To == 0 {
				stood[s.State] = append(stood[s.State], now-s.From)
				continue
			}
			l := leaving{after: s.To - s.From}
			if i+1 < len(j.Stays) {
				l.next = j.Stays[i+1].State
			}
			l.hit = j.hitAt(i)
			ended[s.State] = append(ended[s.State], l)
			stood[s.State] = append(stood[s.State], l.after)
		}
	}
	for state, list := range ended {
		p.states[state] = lifeOf(list, stood[state])
	}
	return p
}

// hitAt is what the case brought as it left its i-th stay: what is dated from then to before the next leaving.
func (j Journey) hitAt(i int) (n int64) {
	for _, h := range j.Hits {
		at := sort.Search(len(j.Stays), func(k int) bool { return j.Stays[k].To == 0 || j.Stays[k].To > h.Day }) - 1
		if max(at, 0) == i {
			n += h.Amount
		}
	}
	return n
}

func lifeOf(ended []leaving, stood []int) *life {
	slices.Sort(stood)
	slices.SortStableFunc(ended, func(a, b leaving) int { return a.after - b.after })
	l, stay := &life{}, 1.0
	for i := 0; i < len(ended); {
		k := i
		for k < len(ended) && ended[k].after == ended[i].after {
			k++
		}
		t := ended[i].after
		l.times = append(l.times, t)
		stay *= 1 - float64(k-i)/float64(len(stood)-sort.SearchInts(stood, t))
		l.stay = append(l.stay, stay)
		l.left = append(l.left, ended[i:k])
		i = k
	}
	return l
}

// leave draws how a case that has stood for some days leaves the state; not at all where nobody who stood longer is known to have left.
func (l *life) leave(rng *rand.Rand, age int) (leaving, bool) {
	i := sort.SearchInts(l.times, age+1)
	stands := 1.0
	if i > 0 {
		stands = l.stay[i-1]
	}
	u := rng.Float64() * stands
	i += sort.Search(len(l.stay)-i, func(k int) bool { return l.stay[i+k] <= u })
	if i == len(l.stay) {
		return leaving{}, false
	}
	return l.left[i][rng.IntN(len(l.left[i]))], true
}

// run plays the pipeline once and gives what it brought by each of the days.
func (p *process) run(rng *rand.Rand, open []Journey, now int, until []int) []int64 {
	out := make([]int64, len(until))
	if len(until) == 0 {
		return out
	}
	end := slices.Max(until)
	walk := func(state string, from int) {
		for steps, age := 0, max(now-from, -1); steps < 200; steps++ {
			l := p.states[state]
			if l == nil {
				return
			}
			how, ok := l.leave(rng, age)
			day := from + how.after
			if !ok || day > end {
				return
			}
			for i, u := range until {
				if day <= u {
					out[i] += how.hit
				}
			}
			if how.next == "" {
				return
			}
			state, from, age = how.next, day, -1
		}
	}
	for _, j := range open {
		last := j.Stays[len(j.Stays)-1]
		walk(last.State, last.From)
	}
	for month := now + 1; month <= end && len(p.first) > 0; month += 30 {
		for range p.arrivals[rng.IntN(12)] {
			if day := month + rng.IntN(30); day <= end {
				walk(p.first[rng.IntN(len(p.first))], day)
			}
		}
	}
	return out
}

// Pace is where a figure should stand on a day on the straight line from a baseline to a target.
func Pace(from, to Point, day caldate.Date) int64 {
	a, b, d := DayNumber(from.At), DayNumber(to.At), DayNumber(day)
	switch {
	case d <= a || b <= a:
		return from.Value
	case d >= b:
		return to.Value
	}
	return from.Value + (to.Value-from.Value)/int64(b-a)*int64(d-a) + (to.Value-from.Value)%int64(b-a)*int64(d-a)/int64(b-a)
}
