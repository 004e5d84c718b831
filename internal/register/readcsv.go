package register

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"kechuang/internal/lang"
)

// source gives the rows of a file in order. line is the row as a spreadsheet program numbers it.
type source interface {
	// next gives io.EOF after the last row. The cells may be reused by the next call.
	next() (line int, cells []string, err error)
	// formula tells whether the cell at the place was calculated, and percent whether it is shown in percent.
	formula(line, column int) bool
	percent(line, column int) bool
	close()
}

// csvSource reads comma, semicolon or tab separated text.
type csvSource struct {
	r      *csv.Reader
	inside int // line breaks inside cells so far: they count as lines for the reader, and not for a spreadsheet program
}

func openCSV(data []byte) (*csvSource, error) {
	text, _, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(text), -1, true
	r.LazyQuotes = r.Comma == '\t' // pasted tables quote nothing
	return &csvSource{r: r}, nil
}

// separator is whichever of the three is most often in the first line.
func separator(text []byte) rune {
	line, _ := bufio.NewReader(bytes.NewReader(text)).ReadSlice('\n')
	best, most := ',', 0
	for _, c := range ",\t;" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

func (s *csvSource) next() (int, []string, error) {
	cells, err := s.r.Read()
	if errors.Is(err, io.EOF) {
		return 0, nil, io.EOF
	}
	if err != nil {
		line := 0
		if e, ok := errors.AsType[*csv.ParseError](err); ok {
			line = e.StartLine - s.inside
		}
		return 0, nil, errFile("csv", fmt.Sprintf("第 %d 行的引号不成对，无法读取", line), fmt.Sprintf("The quotes in row %d do not match", line)).
			Mend(lang.T("请在 Excel 中打开、另存为 .xlsx 后重新上传", "Open it in Excel and save it as .xlsx"))
	}
	at, _ := s.r.FieldPos(0)
	line := at - s.inside
	for i, c := range cells {
		s.inside += strings.Count(c, "\n")
		cells[i] = harmless(c)
	}
	return line, cells, nil
}

func (s *csvSource) formula(int, int) bool { return false } // text that looks like one is refused by Column.read
func (s *csvSource) percent(int, int) bool { return false }
func (s *csvSource) close()                {}
