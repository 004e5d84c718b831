// Package embed asks an OpenAI-compatible endpoint of the city's own for vectors of texts, as one more signal. Everything works
// without it: every failure is an error that the caller may ignore, and after a few in a row the endpoint is left alone for a while.
//
//	e := embed.New(embed.Options{URL: "http://models.city.local/v1", Model: "bge-m3", Dimension: 1024})
//	vectors, err := e.Vectors(ctx, []string{"金属波纹管"})
//
// A text is only ever data: it is sent as an element of "input", and nothing but numbers is read from the answer.
package embed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Options of an endpoint.
type Options struct {
	URL       string // up to and with /v1
	Model     string
	Key       string        // sent as a bearer token; may be empty
	Dimension int           // that every vector must have
	Patience  time.Duration // for one answer; 5 s if zero
	Now       func() time.Time
}

// Endpoint may be used from many goroutines.
type Endpoint struct {
	o      Options
	client *http.Client

	mu     sync.Mutex // guards failed and until
	failed int
	until  time.Time
}

const (
	patience   = 5 * time.Second
	tolerated  = 3               // failures in a row, then the endpoint is left alone
	rest       = time.Minute     // for so long
	mostInputs = 64              // texts in one question
	mostRunes  = 4000            // of one text
	mostAnswer = int64(32) << 20 // bytes
	hugeNumber = 1e6             // no coordinate of a sane vector is larger
)

// Errors of an endpoint.
var (
	ErrResting = errors.New("embed: the endpoint failed several times and is left alone for a while")
	ErrLied    = errors.New("embed: the endpoint's answer cannot be used")
)

// New endpoint; nothing is asked yet.
func New(o Options) *Endpoint {
	if o.Patience == 0 {
		o.Patience = patience
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Endpoint{o: o, client: &http.Client{Timeout: o.Patience}}
}

// Vectors of the texts, in their order, each of length 1.
func (e *Endpoint) Vectors(ctx context.Context, texts []string) ([][]float32, error) {
	e.mu.Lock()
	resting := e.o.Now().Before(e.until)
	e.mu.Unlock()
	if resting {
		return nil, ErrResting
	}
	var out [][]float32
	for len(out) < len(texts) {
		part := texts[len(out):min(len(out)+mostInputs, len(texts))]
		vectors, err := e.ask(ctx, part)
		e.note(err)
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

func (e *Endpoint) note(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		e.failed = 0
		return
	}
	if e.failed++; e.failed >= tolerated {
		e.failed, e.until = 0, e.o.Now().Add(rest)
	}
}

func (e *Endpoint) ask(ctx context.Context, texts []string) ([][]float32, error) {
	ctx, cancel := context.WithTimeout(ctx, e.o.Patience)
	defer cancel()
	body, err := json.Marshal(map[string]any{"model": e.o.Model, "input": trimmed(texts), "encoding_format": "float"})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(e.o.URL, "/")+"/embeddings", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if e.o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+e.o.Key)
	}
	resp, err := e.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: status %d", ErrLied, resp.StatusCode)
	}
	var answer struct {
		Data []struct {
			Index     int        `json:"index"`
			Embedding []*float64 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, mostAnswer)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrLied, err)
	}
	out := make([][]float32, len(texts))
	for _, d := range answer.Data {
		if d.Index < 0 || d.Index >= len(out) || out[d.Index] != nil {
			return nil, fmt.Errorf("%w: index %d", ErrLied, d.Index)
		}
		if out[d.Index], err = e.check(d.Embedding); err != nil {
			return nil, err
		}
	}
	for i, v := range out {
		if v == nil {
			return nil, fmt.Errorf("%w: no vector for text %d of %d", ErrLied, i+1, len(out))
		}
	}
	return out, nil
}

func trimmed(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		t = strings.ToValidUTF8(t, " ")
		if utf8.RuneCountInString(t) > mostRunes {
			t = string([]rune(t)[:mostRunes])
		}
		if out[i] = t; t == "" {
			out[i] = " " // many servers refuse an empty input
		}
	}
	return out
}

// check makes a vector of length 1 of what came, or refuses it.
func (e *Endpoint) check(numbers []*float64) ([]float32, error) {
	if len(numbers) != e.o.Dimension {
		return nil, fmt.Errorf("%w: %d dimensions, %d were promised", ErrLied, len(numbers), e.o.Dimension)
	}
	length := 0.0
	for _, x := range numbers {
		if x == nil || math.IsNaN(*x) || math.Abs(*x) > hugeNumber {
			return nil, fmt.Errorf("%w: a coordinate is no number", ErrLied)
		}
		length += *x * *x
	}
	if length == 0 {
		return nil, fmt.Errorf("%w: a vector of nothing", ErrLied)
	}
	v := make([]float32, len(numbers))
	for i, x := range numbers {
		v[i] = float32(*x / math.Sqrt(length))
	}
	return v, nil
}
