package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// pages serves the built interface: a path with an extension is a file, every other path is the one page, which finds its way by
// itself. Where nothing was built, a small page says how.
type pages struct {
	files map[string]*page
	index *page
}

// page is one file, compressed once when it is first asked for.
type page struct {
	raw   []byte
	kind  string
	tag   string // ETag
	once  sync.Once
	small []byte // gzip; nil where it gains nothing
}

// hashed matches the names that the builder gives to files whose content never changes under that name: index-BK3f9a_x.js.
var hashed = regexp.MustCompile(`[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$`)

func newPages(dist fs.FS) *pages {
	p := &pages{files: map[string]*page{}}
	if dist != nil {
		fs.WalkDir(dist, "app", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // no app folder: not built
			}
			if raw, err := fs.ReadFile(dist, name); err == nil {
				p.files["/"+strings.TrimPrefix(name, "app/")] = newPage(raw, mime.TypeByExtension(path.Ext(name)))
			}
			return nil
		})
	}
	if p.index = p.files["/index.html"]; p.index == nil {
		p.index = newPage([]byte(unbuilt), "text/html; charset=utf-8")
	}
	return p
}

func newPage(raw []byte, kind string) *page {
	sum := sha256.Sum256(raw)
	if kind == "" {
		kind = "application/octet-stream"
	}
	return &page{raw: raw, kind: kind, tag: `"` + hex.EncodeToString(sum[:8]) + `"`}
}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		writeProblem(w, r, refusal.New(refusal.NotFound, "page.none", lang.T("没有这个页面", "There is no such page")))
		return
	}
	f, cache := p.files[r.URL.Path], "no-cache"
	switch {
	case f != nil && hashed.MatchString(r.URL.Path):
		cache = "public, max-age=31536000, immutable"
	case f != nil:
	case path.Ext(r.URL.Path) == "":
		f = p.index
	default:
		writeProblem(w, r, refusal.New(refusal.NotFound, "page.none", lang.T("没有这个文件", "There is no such file")))
		return
	}
	f.serve(w, r, cache)
}

func (f *page) serve(w http.ResponseWriter, r *http.Request, cache string) {
	h := w.Header()
	h.Set("Cache-Control", cache)
	h.Set("ETag", f.tag)
	h.Set("Content-Type", f.kind)
	if strings.Contains(r.Header.Get("If-None-Match"), f.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.raw
	if takesGzip(r) {
		f.once.Do(f.compress)
		if f.small != nil {
			body = f.small
			h.Set("Content-Encoding", "gzip")
		}
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

func (f *page) compress() {
	if !compressible(f.kind) {
		return
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(f.raw)
	z.Close()
	if b.Len() < len(f.raw) {
		f.small = b.Bytes()
	}
}

const unbuilt = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>科创 kechuang</title>
<style>body{font:16px/1.7 system-ui,sans-serif;max-width:40em;margin:4em auto;padding:0 1em;color:#222}code{background:#eee;padding:.1em .4em}</style>
<h1>界面尚未构建</h1>
<p>服务已经在运行，接口可用（<a href="/openapi.json">/openapi.json</a>），但这个程序里没有网页界面。</p>
<p>请在代码目录运行 <code>make run</code>（需要 Node），它会构建界面并重新启动。</p>
<h2 lang="en">The interface is not built</h2>
<p lang="en">The service runs and its API works, but this binary holds no web interface. Run <code>make run</code> in the source folder (needs Node); it builds the interface and starts again.</p>
</html>
`
