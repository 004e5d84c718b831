package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// headers go with every answer. Styles may be inline because the interface's component library writes them so; scripts may not.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "SAMEORIGIN",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
}

// paperPolicy is for pages and pictures made from what users typed: nothing in them may run.
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'; sandbox allow-modals allow-same-origin"

// meter counts requests by route, never by path: a path holds identifiers.
type meter struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMeter() *meter {
	m := &meter{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kechuang_http_requests_total", Help: "Requests by route and status."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kechuang_http_request_seconds", Help: "Time to answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler is the whole site.
func (s *Server) Handler() http.Handler { return s.handler }

// assemble puts what a request goes through around the routes. The order matters: the request gets its id first, so that even a panic
// is found again in the log.
func (s *Server) assemble() http.Handler {
	s.mux.Handle("GET /metrics", s.near(promhttp.HandlerFor(s.meter.registry, promhttp.HandlerOpts{})))
	s.mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, refusal.New(refusal.NotFound, "api.none", lang.T("没有这个接口", "There is no such operation")).
			Mend(lang.T("接口清单见 /openapi.json", "The operations are listed in /openapi.json")))
	})
	s.mux.Handle("/", newPages(s.dist))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, refusal.New(refusal.Forbidden, "request.cross_origin", lang.T("拒绝来自其他网站的请求", "Requests from another site are refused")))
	}))
	return s.visited(guard.Handler(compressed(limited(s.mux))))
}

// visited gives the request its id and visit, sets the headers, catches panics, and writes the log line and the metrics.
func (s *Server) visited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.now()
		v := newVisit(r, ident.New("req", began), s.proxied)
		ctx := identity.WithClient(r.Context(), identity.Client{Address: v.address, Agent: r.UserAgent()})
		r = r.WithContext(context.WithValue(ctx, visitKey{}, v))
		out := &watched{ResponseWriter: w}
		for k, value := range headers {
			w.Header().Set(k, value)
		}
		if v.secure {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		w.Header().Set("X-Request-Id", v.request)
		if strings.HasPrefix(r.URL.Path, "/api/") {
			w.Header().Set("Cache-Control", "no-store")
		}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				slog.ErrorContext(r.Context(), "panic", "request", v.request, "panic", p, "stack", stack())
				if out.status == 0 {
					writeProblem(out, r, errors.New("panic"))
				}
			}
			s.note(r, v, out, s.now().Sub(began))
		}()
		next.ServeHTTP(out, r)
	})
}

func (s *Server) note(r *http.Request, v *visit, out *watched, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	status := out.status
	if status == 0 {
		status = http.StatusOK
	}
	s.meter.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	s.meter.seconds.WithLabelValues(route).Observe(took.Seconds())
	level := slog.LevelInfo
	if route == "/" || route == "GET /api/health" || route == "GET /metrics" {
		level = slog.LevelDebug
	}
	slog.Log(r.Context(), level, "request", "request", v.request, "route", route, "method", r.Method, "status", status,
		"ms", took.Milliseconds(), "bytes", out.bytes, "account", v.actor.Account, "from", v.address)
}

// limited refuses a body that is too large before any of it is read, and stops reading one that lied about its length.
func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		most := int64(formLimit)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
			most = fileLimit
		}
		if r.ContentLength > most {
			w.Header().Set("Connection", "close")
			writeProblem(w, r, tooLarge())
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}

// near lets only this machine in: metrics are for the operator, not for visitors.
func (s *Server) near(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a, err := netip.ParseAddr(addressOf(r.Context())); err != nil || !a.IsLoopback() || r.Header.Get("X-Forwarded-For") != "" {
			writeProblem(w, r, refusal.New(refusal.NotFound, "page.none", lang.T("没有这个页面", "There is no such page")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// watched remembers what was answered.
type watched struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController through.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
