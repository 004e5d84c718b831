package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"kechuang/internal/exchange"
	"kechuang/internal/identity"
)

type (
	// tagged is an answer that a follower need not take in twice.
	tagged struct {
		Status       int
		ContentType  string `header:"Content-Type"`
		ETag         string `header:"ETag"`
		CacheControl string `header:"Cache-Control"`
		Body         []byte
	}
	ifNoneMatch struct {
		Tag string `header:"If-None-Match" maxLength:"2000"`
	}
	// OutsidePage is one page of what other instances lay open.
	OutsidePage struct {
		Items []exchange.Outside `json:"items"`
		Next  string             `json:"next,omitempty"`
	}
)

// newFeed is what this city lays open for others; a document of the API has no city behind it.
func newFeed(c Config) *exchange.Feed {
	if c.Pack == nil {
		return &exchange.Feed{}
	}
	return &exchange.Feed{DB: c.DB, Register: c.Register, Calls: c.Cases.Hall, Sign: c.Journal.Sign,
		City: exchange.OpenCity{ID: c.Pack.ID, Title: c.Pack.Title, Region: c.Pack.Region, Pack: c.Pack.Version, Example: c.Site.Demo, Key: c.Journal.Key()}}
}

func (s *Server) exchangeRoutes() {
	handle(s, route{method: "GET", path: "/api/exchange", id: "exchange", tell: "Who this is, and which kinds of records other instances may read here (kechuang-exchange/1)", access: public, media: "application/json"},
		func(_ context.Context, _ identity.Actor, in *ifNoneMatch) (*tagged, error) {
			return withTag(in.Tag, s.feed.About(), nil)
		})
	handle(s, route{method: "GET", path: "/api/exchange/records", id: "exchangeRecords", tell: "Open records in the order of their last change, for followers: keep resume, and ask from there the next time", access: public, media: "application/json"},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Tag   string `header:"If-None-Match" maxLength:"2000"`
			From  string `query:"from" maxLength:"120" doc:"a place that an earlier page named; empty is the beginning"`
			Limit int    `query:"limit" minimum:"0" maximum:"500"`
		}) (*tagged, error) {
			page, err := s.feed.Records(ctx, in.From, in.Limit)
			return withTag(in.Tag, page, err)
		})
	handle(s, route{method: "GET", path: "/api/exchange/calls", id: "exchangeCalls", tell: "All open calls, for followers", access: public, media: "application/json"},
		func(ctx context.Context, _ identity.Actor, in *ifNoneMatch) (*tagged, error) {
			page, err := s.feed.OpenCalls(ctx)
			return withTag(in.Tag, page, err)
		})
	handle(s, route{method: "GET", path: "/api/hall/outside", id: "outside", tell: "What other instances lay open, as it was harvested", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Q      string `query:"q" maxLength:"200"`
			Kind   string `query:"kind" maxLength:"100"`
			Source string `query:"source" maxLength:"300"`
			After  string `query:"after" maxLength:"500"`
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
		}) (*reply[OutsidePage], error) {
			list, next, err := exchange.List(ctx, s.db, exchange.Query{Text: in.Q, Kind: in.Kind, Source: in.Source, After: in.After, Limit: in.Limit})
			return answer(OutsidePage{list, next}, err)
		})
	handle(s, route{method: "GET", path: "/api/hall/outside/sources", id: "outsideSources", tell: "The instances that are harvested, and how it went", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]exchange.OutsideSource], error) {
			list, err := exchange.Sources(ctx, s.db)
			return answer(list, err)
		})
}

// withTag answers with an ETag, or with 304 where the follower has it already.
func withTag(has string, v any, err error) (*tagged, error) {
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := &tagged{Status: http.StatusOK, ContentType: "application/json", ETag: exchange.Tag(body), CacheControl: "no-cache", Body: body}
	if strings.Contains(has, out.ETag) {
		out.Status, out.Body = http.StatusNotModified, nil
	}
	return out, nil
}
