package dossier

import (
	"html/template"
	"net/url"
	"strings"
	"time"

	"kechuang/internal/caldate"
)

// folder is the files of one case or record, which stand one after the other.
type folder struct {
	Name  string
	Files []listed
}

func folders(files []listed) (list []folder) {
	for _, f := range files {
		name, _, inside := strings.Cut(f.Name, "/")
		if !inside {
			continue
		}
		if len(list) == 0 || list[len(list)-1].Name != name {
			list = append(list, folder{Name: name})
		}
		at := &list[len(list)-1]
		at.Files = append(at.Files, f)
	}
	return list
}

// index is the page by which people find their way in an archive.
var index = template.Must(template.New("index").Funcs(template.FuncMap{
	"day":     func(t time.Time) string { return t.In(caldate.Shanghai).Format("2006-01-02 15:04") },
	"href":    func(name string) template.URL { return template.URL((&url.URL{Path: "./" + name}).String()) },
	"folders": folders,
}).Parse(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>卷宗：{{.Title}}</title>
<style>
body{font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#191e23}
h1{font-size:24px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px;border-bottom:1px solid #dadedb;padding-bottom:4px}
table{border-collapse:collapse;width:100%}td{padding:4px 8px 4px 0;vertical-align:top;border-bottom:1px solid #eceeea}
td.d{font:12px ui-monospace,monospace;color:#525a63;word-break:break-all;width:34%}td.n{text-align:right;white-space:nowrap;color:#525a63}
p.s{color:#525a63}code{background:#eceeea;padding:1px 5px;border-radius:3px;word-break:break-all}
</style>
<h1>卷宗：{{.Title}}</h1>
<p class="s">事项 {{.Case}} · {{day .Made}} 编制 · 共 {{len .Files}} 个文件<br>Dossier of the case and all that belongs together with it; what its reader may not see is not in it.</p>
<h2>怎样核验 / How to verify</h2>
<p>离线运行 <code>kechuang verify 卷宗.zip --key {{.Key}}</code>（公钥请与公开大厅公布的核对）。被改动、抽走或者加进来的文件会逐个指出。<br>
Run it offline; compare the key with the one that the public hall shows. Every file that was changed, dropped or added is named.</p>
{{range folders .Files}}
<h2>{{.Name}}</h2>
<table>{{range .Files}}<tr><td><a href="{{href .Name}}">{{.Name}}</a>{{if .Title}} <span class="s">{{.Title}}</span>{{end}}</td><td class="n">{{.Size}} B</td><td class="d">{{.Digest}}</td></tr>{{end}}</table>
{{end}}
</html>
`))
