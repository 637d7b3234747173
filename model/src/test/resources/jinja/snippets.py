"""Small templates, each on one thing, whose outputs generate.py records from jinja2."""

VARIABLES = {
    "s": "Hello World",
    "empty": "",
    "spaced": "  two  words \n",
    "uni": "ñandú 日本 😀 Straße ǆ",
    "quotes": "it's \"so\"\\ \t\n\u0007\u200b\u00a0\u007f",
    "html": "<a href='x'>&\"</a>",
    "n": 5,
    "big": 123456789012345678901234567890,
    "neg": -7,
    "f": 2.5,
    "tiny": 1e-7,
    "huge": 1e22,
    "t": True,
    "no": False,
    "none_value": None,
    "xs": [3, 1, 2],
    "words": ["banana", "Apple", "cherry", "apple"],
    "mixed": [1, "a", None, True, 2.0, [1], {"k": "v"}],
    "nothing": [],
    "d": {"b": 2, "a": 1, "C": 3},
    "keys": {"items": "entry", "get": "other", "x-y": 1, "1": "one"},
    "users": [
        {"name": "Ana", "age": 31, "tags": ["x", "y"], "address": {"city": "Lima"}},
        {"name": "Bob", "age": 25, "tags": [], "address": {"city": "La Paz"}},
        {"name": "cid", "age": 31, "address": {"city": "lima"}, "admin": True},
    ],
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello!"},
        {"role": "user", "content": "Bye"},
    ],
    "tool": {
        "type": "function",
        "function": {
            "name": "get",
            "description": "Gets \"x\" é",
            "parameters": {"type": "object", "properties": {"a": {"type": "number", "default": 1.0}}},
        },
    },
    "text": "line one\nline two\n\nline four",
    "bos_token": "<s>",
}

EXPRESSIONS = r"""
1 + 2
1 + 2.0
'a' + 'b'
[1] + [2]
(1,) + (2, 3)
'a' + 1
1 + 'a'
[1] + (2,)
none_value + 1
5 - 3
2.5 - 1
'a' - 'b'
3 * 4
'ab' * 3
3 * 'ab'
[1, 2] * 2
'ab' * -1
'ab' * 2.0
7 / 2
6 / 3
1 / 3
1 / 0
7 // 2
-7 // 2
7 // -2
7.5 // 2
-7.5 // 2
1 // 0
7 % 3
-7 % 3
7 % -3
7.5 % 2
-7.5 % 2
2 ** 10
2 ** -1
2 ** 0.5
2 ** 100
2 ** 3 ** 2
-2 ** 2
0 ** 0
0 ** -1
10 ** 20
10 ** 20 / 10 ** 19
big + 1
big * big
big / 3
big // 7
big % 7
-big // 7
1e3
1E-5
1.5e10
123456789.123456789
0.1 + 0.2
1e16
1e15
123456789012345680.0
0.0001
0.00001
1e-7
1e100
1.0
100.0
-0.0
1_000_000
0x1F
0b101
0o17
1_0.5_0
5 / 2 * 2
'a' ~ 'b'
'a' ~ 1 ~ none ~ true ~ 1.5 ~ missing ~ [1]
1 ~ 2 + 3
1 + 2 ~ 3
'x' ~ 2 * 3
+5
-5
--5
-f
+f
-true
-'a'
+none
-missing
not true
not not true
not missing
not ''
not 'a'
true and false
true and 5
0 and 5
0 or 5
'' or 'x' or 'y'
missing or 'fallback'
none or false
1 == 1.0
1 == true
0 == false
'1' == 1
[1, 2] == [1, 2]
[1, 2] == (1, 2)
{'a': 1} == {'a': 1.0}
{'a': 1, 'b': 2} == {'b': 2, 'a': 1}
none == none
none == false
missing == missing
missing == none
missing == other_missing
missing != 'a'
1 != 2
1 < 2
1 < 2 < 3
1 < 3 < 2
3 > 2 > 1
1 <= 1
2 >= 3
'a' < 'b'
'a' < 'B'
'abc' < 'abd'
'a' < 1
[1, 2] < [1, 3]
[1] < [1, 0]
(1, 2) <= (1, 2)
[1] < (2,)
none < 1
missing < 1
1 < missing
1 == 1 == 1
1 < 2 == true
1 in [1, 2]
3 in [1, 2]
3 not in [1, 2]
'a' in 'abc'
'd' in 'abc'
'' in 'abc'
1 in 'abc'
'a' in {'a': 1}
1 in {'a': 1}
[1] in {'a': 1}
'a' in none
'a' in missing
missing in [1]
missing in 'abc'
missing in d
1 in 5
1.0 in [1]
true in [1]
'a' in ['A', 'a']
not 1 in [1]
'a' is string
1 is string
1 is number
1.5 is number
true is number
'1' is number
1 is integer
true is integer
1.0 is integer
1.0 is float
1 is float
true is boolean
1 is boolean
true is true
1 is true
false is false
none is none
missing is none
none is not none
missing is defined
missing is undefined
missing is not defined
s is defined
s is not undefined
s.nope is defined
d.nope is defined
d['a'] is defined
none is defined
[] is iterable
'a' is iterable
1 is iterable
none is iterable
missing is iterable
d is iterable
[] is sequence
'a' is sequence
d is sequence
1 is sequence
missing is sequence
d.items() is sequence
range(3) is sequence
d is mapping
[] is mapping
missing is mapping
3 is odd
3 is even
4 is even
-3 is odd
3.0 is odd
'a' is odd
missing is odd
9 is divisibleby 3
9 is divisibleby(4)
9 is divisibleby 0
1 is eq 1
1 is equalto 1.0
1 is ne 2
1 is lt 2
1 is lessthan 2
2 is gt 1
2 is greaterthan 3
1 is le 1
1 is ge 2
1 is in [1, 2]
'a' is in 'abc'
1 is sameas 1
none is sameas none
true is sameas 1
'abc' is lower
'aBc' is lower
'ABC' is upper
'' is lower
'123' is lower
range is callable
s is callable
missing is callable
'trim' is filter
'nope' is filter
'odd' is test
1 is not odd
1 is odd and 2 is even
1 is odd or nope_missing.x
not 2 is odd
'yes' if true else 'no'
'yes' if false else 'no'
'yes' if false
('yes' if false) is defined
'a' if missing else 'b' if true else 'c'
1 if 1 else 2 if 0 else 3
s[0]
s[-1]
s[100]
s[100] is defined
s[1:3]
s[:3]
s[-3:]
s[::2]
s[::-1]
s[5:1]
s[5:1:-1]
s[1:100]
s[-100:2]
s[::0]
s['upper']
uni[7]
uni[6:9]
uni[::-1]
uni | length
xs[0]
xs[-1]
xs[5]
xs[1:]
xs[::-1]
xs[:-1]
xs[0:2][1]
xs['a']
xs.0
xs.a
xs[1.0]
xs[true]
(1, 2, 3)[1:]
range(10)[2:5]
range(10)[3]
range(10)[::3]
range(5)
range(1, 5)
range(0, 10, 3)
range(3) | list
range(5, 0, -2) | list
range(0) | list
range(200000)
range('a')
range()
range(1, 2, 0)
d.a
d['a']
d.nope
d.nope.x
d['nope']
d[1]
d[[1]]
d[missing]
keys.items
keys['items']
keys['get']
keys.get('items')
keys['x-y']
keys['1']
keys[1]
d.get('a')
d.get('zz')
d.get('zz', 'fallback')
d.get('zz', default='x')
d.get()
d.keys()
d.values()
d.items()
d.keys() | list
d.items() | list
d.keys() | length
d.items() | first
d.items() | last
d.copy()
d.pop('a')
d.update({'a': 5})
d.clear()
xs.append(4)
xs.append is defined
xs.pop()
xs.sort()
xs.reverse()
xs.index(1)
xs.index(9)
xs.count(1)
xs.copy()
(1, 2).index(2)
missing.x
missing['x']
missing()
missing[0]
missing[1:]
none.x
none['x']
none[0]
none()
5.x
n.real_missing
true.x
s.nope
s()
s.__class__
xs.__class__
''.__class__.__mro__
[1, 'a', none, true, 1.5]
[]
[1,]
(1,)
()
(1, 2)
1, 2
1,
{}
{'a': 1}
{'a': 1, 'b': [1, {'c': none}]}
{'a': 1,}
{1: 'a', none: 'b', true: 'c', 1.5: 'd'}
{1: 'a', 1.0: 'b', true: 'c'}
{(1, 2): 'a'}
{[1]: 'a'}
{'a': missing}
[missing]
mixed
quotes
[quotes]
[html]
['it\'s']
['"']
['\'"']
[uni]
['\n\t\r\\']
['\x00\x1f\x7f\xa0\u200b\u2028\ue000\U0001F600']
'\x41\u00e9\101\n'
'\q\d'
"a\
b"
'\N{LATIN SMALL LETTER E WITH ACUTE}'
'a' 'b'
'a' "b" 'c'
none
true
false
True
None
tool
tool.function
tool.function.parameters
users
dict(a=1, b='x')
dict()
dict([('a', 1), ('b', 2)])
dict({'a': 1}, b=2)
dict(1)
namespace(a=1).a
namespace(a=1)
namespace({'a': 1}).a
namespace(a=1)['a']
namespace().x
namespace().x is defined
s.upper()
s.lower()
s.title()
s.capitalize()
s.swapcase()
s.strip()
spaced.strip()
spaced.lstrip() ~ '|'
spaced.rstrip() ~ '|'
s.strip('Hd')
s.strip(none)
s.strip(1)
'xxaxx'.strip('x')
'xxaxx'.lstrip('x')
'xxaxx'.rstrip('x')
s.split()
s.split('o')
s.split('o', 1)
s.split('zz')
s.split('')
s.rsplit('o', 1)
s.rsplit('l')
spaced.split()
' a  b c '.split(none, 1)
' a  b c '.rsplit(none, 1)
' a  b c '.split(maxsplit=1)
'a,b,,c'.split(',')
'a,b,,c'.rsplit(',', 2)
''.split()
''.split(',')
text.splitlines()
text.splitlines(true)
'a\r\nb\rc\n\n'.splitlines()
s.startswith('Hello')
s.startswith(('x', 'He'))
s.startswith('ello', 1)
s.startswith('')
s.startswith(1)
s.endswith('World')
s.endswith(('x', 'ld'))
s.endswith('Hello', 0, 5)
s.replace('o', '0')
s.replace('o', '0', 1)
s.replace('', '-')
s.replace('l', '')
s.replace('zz', 'y')
s.replace('o', 1)
s.find('o')
s.find('o', 5)
s.find('zz')
s.rfind('o')
s.index('W')
s.index('zz')
s.count('l')
s.count('')
'aaaa'.count('aa')
', '.join(['a', 'b'])
''.join([])
','.join([1])
','.join('abc')
'-'.join(d)
s.partition(' ')
s.partition('zz')
s.rpartition('o')
s.rpartition('zz')
s.removeprefix('Hello ')
s.removeprefix('zz')
s.removesuffix('World')
s.center(21)
s.center(20, '*')
'ab'.center(5)
'abc'.center(6)
'ab'.ljust(4) ~ '|'
'ab'.rjust(4, '.')
'ab'.rjust(1)
'-5'.zfill(4)
'5'.zfill(3)
'+5'.zfill(1)
'abc'.isalpha()
'ab1'.isalpha()
''.isalpha()
'123'.isdigit()
'12a'.isdigit()
'ab1'.isalnum()
' \n'.isspace()
'abc'.islower()
'ABC'.isupper()
'ABC1'.isupper()
'é'.isascii()
'1½'.isnumeric()
uni.upper()
uni.lower()
uni.title()
uni.capitalize()
uni.split(' ')
uni.find('😀')
uni.find('S')
uni.center(30, '·')
'ΑΣ'.lower()
'ßtraße'.capitalize()
'ﬁx'.capitalize()
'they\'re bill\'s'.title()
'{} {}'.format(1, 'a')
'{0} {1} {0}'.format(1, 'a')
'{a} {b}'.format(a=1, b=[1])
'{}'.format()
'{a}'.format()
'{{}} {}'.format(1)
'{'.format()
'}'.format()
'{0.a}'.format(d)
'{0[a]}'.format(d)
'{x[name]}'.format(x=users[0])
'{0[1]}'.format(xs)
'{!r}'.format('a')
'{!s}'.format('a')
'{:>5}|'.format('a')
'{:<5}|'.format('a')
'{:^5}|'.format('a')
'{:*^6}|'.format('a')
'{:5}|'.format('a')
'{:5}|'.format(1)
'{:05d}'.format(42)
'{:+d}'.format(42)
'{:05d}'.format(-42)
'{:,}'.format(1234567)
'{:_}'.format(1234567)
'{:x} {:X} {:o} {:b} {:#x}'.format(255, 255, 8, 5, 255)
'{:.2f}'.format(3.14159)
'{:.0f}'.format(2.5)
'{:8.2f}|'.format(3.14159)
'{:e}'.format(12345.678)
'{:.3g}'.format(12345.678)
'{:g}'.format(0.00001234)
'{:g}'.format(100000)
'{:g}'.format(1000000)
'{:%}'.format(0.25)
'{:.1%}'.format(0.256)
'{:,.2f}'.format(1234567.891)
'{:.3}'.format('abcdef')
'{:d}'.format('a')
'{:d}'.format(1.5)
'{:s}'.format(1)
'{}'.format(none)
'{}'.format(missing)
'{:>5}'.format(none)
'%s' % 'a'
'%s %s' % ('a', 1)
'%s' % ('a',)
'%s %s' % 'a'
'%s' % ('a', 'b')
'%d' % 3.7
'%d' % 'a'
'%5d|' % 42
'%-5d|' % 42
'%05d' % 42
'%05d' % -42
'%+d' % 42
'% d' % 42
'%x %X %o %#x' % (255, 255, 8, 255)
'%f' % 1.5
'%.2f' % 3.14159
'%8.2f|' % 3.14159
'%e' % 12345.678
'%g' % 0.0001
'%g' % 1e-5
'%g' % 123456789
'%.3s|' % 'abcdef'
'%5s|' % 'a'
'%-5s|' % 'a'
'%r' % 'a'
'%%' % ()
'100%%' % ()
'%(a)s-%(b)s' % {'a': 1, 'b': 2}
'%(zz)s' % {'a': 1}
'%s' % none
'%s' % [1, 2]
'%s' % {'a': 1}
'%s' % missing
'a' % 1
'a' % ()
'%' % 1
'%q' % 1
'%c' % 65
'%c' % 'x'
'%*d' % (5, 42)
"""

FILTERS = r"""
s | upper
s | lower
s | title
'hello-world (foo) [bar] {baz} <qux> a_b' | title
s | capitalize
s | length
xs | length
d | length
missing | length
n | length
none | length
s | count
range(5) | length
spaced | trim
spaced | trim ~ '|'
s | trim('Hd')
none | trim
5 | trim
missing | trim
xs | trim
s | replace('o', '0')
s | replace('o', '0', 1)
s | replace('o', 1)
5 | replace('5', '6')
missing | replace('a', 'b')
s | reverse
uni | reverse
xs | reverse
xs | reverse | list
xs | reverse | length
d | reverse | list
missing | reverse | list
none | reverse
xs | first
xs | last
nothing | first
nothing | last
nothing | first is defined
s | first
s | last
d | first
missing | first
missing | last
none | first
n | last
(xs | map('string')) | last
xs | sort
xs | sort(reverse=true)
xs | sort(true)
words | sort
words | sort(case_sensitive=true)
words | sort(reverse=true)
users | sort(attribute='age') | map(attribute='name') | join(',')
users | sort(attribute='age,name') | map(attribute='name') | join(',')
users | sort(attribute='name', reverse=true) | map(attribute='name') | list
users | sort(attribute='address.city') | map(attribute='name') | list
mixed | sort
d | sort
s | sort
[[2, 1], [1, 2]] | sort
[none, none] | sort
['b', 1] | sort
missing | sort
d | dictsort
d | dictsort(true)
d | dictsort(by='value')
d | dictsort(reverse=true)
d | dictsort(by='nope')
xs | dictsort
words | unique | list
words | unique(case_sensitive=true) | list
[1, 1.0, true, 2] | unique | list
[[1]] | unique | list
users | unique(attribute='age') | map(attribute='name') | list
xs | min
xs | max
words | min
words | max
words | max(case_sensitive=true)
users | min(attribute='age')
nothing | min
[1, 'a'] | max
xs | sum
[1, 2.5] | sum
[] | sum
users | sum(attribute='age')
xs | sum(start=10)
words | sum
[[1], [2]] | sum(start=[])
xs | join
xs | join(', ')
xs | join(d='-')
users | join(', ', attribute='name')
missing | join(',')
none | join
s | join('-')
mixed | join('|')
d | join(',')
xs | join(1)
s | list
d | list
missing | list
none | list
n | list
d | items | list
missing | items | list
xs | items | list
none | items
s | string
n | string
none | string
[1, 'a'] | string
missing | string
'5' | int
'5.7' | int
' 12 ' | int
'abc' | int
'abc' | int(7)
'abc' | int(default=-1)
'0x1F' | int(0, 16)
'1F' | int(base=16)
'0b11' | int(0, 2)
'0o17' | int(0, 0)
'017' | int(0, 0)
'1_000' | int
'_1' | int
'' | int
none | int
[] | int
true | int
5.9 | int
-5.9 | int
'-5' | int
'1e3' | int
'inf' | int
'nan' | int
missing | int
big | int
'1.5' | float
'abc' | float
'abc' | float(1.5)
5 | float
none | float
'inf' | float
'-inf' | float
'nan' | float
' 1e3 ' | float
'1_0.0' | float
'.5' | float
'5.' | float
missing | float
2.5 | round
3.5 | round
2.675 | round(2)
2.567 | round(1)
5 | round
5 | round(1)
1234 | round(-2)
1250 | round(-2)
-2.5 | round
42.55 | round(1, 'floor')
42.51 | round(1, 'ceil')
42.5 | round(method='ceil')
42.5 | round(0, 'nope')
'a' | round
none | round
1e300 | round(2)
-5 | abs
-5.5 | abs
true | abs
'a' | abs
missing | abs
missing | default('x')
missing | default
none | default('x')
none | default('x', true)
'' | default('x', true)
'' | default('x')
0 | default('x', boolean=true)
missing | d('y')
d.nope | default('z')
d.nope.deeper | default('z')
missing | default(default_value='q')
tool | tojson
tool | tojson(indent=4)
tool | tojson(indent=2)
tool | tojson(indent=0)
tool | tojson(indent='\t')
d | tojson(sort_keys=true)
d | tojson(separators=(',', ':'))
xs | tojson(indent=2, separators=(',', ': '))
quotes | tojson
uni | tojson
uni | tojson(ensure_ascii=true)
html | tojson
none | tojson
true | tojson
1.0 | tojson
1e22 | tojson
1e-7 | tojson
big | tojson
'inf' | float | tojson
'nan' | float | tojson
[] | tojson
{} | tojson
[] | tojson(indent=2)
{'a': [], 'b': {}} | tojson(indent=2)
(1, 2) | tojson
{1: 'a', none: 'b', true: 'c', 1.5: 'd'} | tojson
{(1, 2): 'a'} | tojson
missing | tojson
[missing] | tojson
range(3) | tojson
d.items() | tojson
mixed | tojson
users | tojson
text | indent
text | indent(2)
text | indent(2, true)
text | indent(2, first=true, blank=true)
text | indent(width='> ')
'' | indent
'a\n' | indent
5 | indent
missing | indent
s | center(21)
s | truncate(5)
s | truncate(8, true)
s | truncate(8, false, '…', 0)
s | truncate(255)
'a b c d e f g h' | truncate(9, leeway=0)
s | truncate(1)
html | escape
html | e
html | safe
'%s-%s' | format('a', 1)
'%(x)s' | format(x=3)
'%s' | format(1, x=2)
'a b  c_d' | wordcount
xs | map('string') | list
xs | map('string') | join(',')
words | map('upper') | list
words | map('replace', 'a', 'o') | list
users | map(attribute='name') | list
users | map(attribute='nope') | list
users | map(attribute='nope', default='x') | list
users | map(attribute='tags.0') | list
users | map(attribute='address.city') | list
users | map(attribute=0) | list
xs | map | list
xs | map('nope') | list
xs | map(attribute='a', other=1) | list
nothing | map('nope') | list
missing | map('upper') | list
none | map('upper') | list
xs | select('odd') | list
xs | select | list
[0, 1, '', 'a', none] | select | list
[0, 1, '', 'a', none] | reject | list
xs | reject('odd') | list
xs | select('gt', 1) | list
xs | select('>', 1) | list
xs | select('in', [1, 2]) | list
xs | select('divisibleby', 3) | list
words | select('equalto', 'apple') | list
users | selectattr('admin') | map(attribute='name') | list
users | selectattr('age', 'equalto', 31) | map(attribute='name') | list
users | selectattr('age', '==', 31) | list | length
users | selectattr('tags', 'defined') | map(attribute='name') | list
users | rejectattr('admin') | map(attribute='name') | list
users | rejectattr('admin', 'defined') | map(attribute='name') | list
users | selectattr('address.city', 'eq', 'Lima') | first
users | selectattr | list
users | selectattr('age', 'nope') | list
messages | selectattr('role', 'equalto', 'system') | first
messages | selectattr('role', 'equalto', 'nobody') | first
messages | selectattr('role', 'equalto', 'nobody') | first is defined
(messages | selectattr('role', 'equalto', 'nobody')) is iterable
'yes' if messages | selectattr('role', 'equalto', 'nobody') else 'no'
messages | selectattr('role', 'equalto', 'user') | list | length
messages | selectattr('role', 'in', ['user', 'system']) | map(attribute='content') | join('/')
messages | map(attribute='role') | unique | join(',')
messages | length
messages[1:] | length
messages[-1].role
messages[-1]['content']
messages[::-1] | map(attribute='content') | list
messages | last | tojson
messages | groupby('role') | length
xs | batch(2) | list
xs | batch(2, 0) | list
range(7) | slice(3) | list
range(7) | slice(3, 'x') | list
users | groupby('age') | map('first') | list
users | groupby('address.city') | map('first') | list
d | attr('a')
d | attr('nope') is defined
s | upper | lower | title
-5 | abs + 1
-(5 | abs)
- n | abs
n | string + 'a'
'a' + n | string
not nothing | length
s | nope
s is nope
'x' if false else s | upper
[1, 2] | tojson(indent=2) | length
d.items() | map('first') | list
d | dictsort | map('last') | list
d.values() | sum
d.items() | sort(attribute=1) | list
s | upper()
s | upper(1)
s | trim(chars='H')
s | trim(nope=1)
xs | join(', ', 'a', 'b')
joiner(', ')() ~ 'x'
xs[0] | default(1) + 2
(xs | map('string') | list)[0]
xs|map('string')|list|tojson
strftime_now('%Y')
strftime_now('%d %b %Y')
strftime_now('%B %-d, %Y %A %a %y %j %H:%M:%S %I%p %m %%')
strftime_now('%e %U %W %w %u %V %G %D %F %T %R %c %x %X %h %z|%Z|%f')
raise_exception('refused: ' ~ n)
raise_exception()
lipsum_missing()
s.format
xs | first is odd
n is odd is true
1 if n is odd else 2
n is divisibleby 5 and true
n is in xs
n is not in xs
n is not divisibleby 5
s is string and s | length > 3
messages | length - 1
messages | length > 3 and true
(messages | length) % 2 == 0
(messages | length - 1) is odd
users[0].tags[0] ~ users[0]['tags'][-1]
users[0].address.city | upper
users | map(attribute='tags') | list
{'a': {'b': [10, 20]}}.a.b[1]
{'a': 1}['a']
{'a': 1}.a
[1, 2, 3][1]
'abc'[1]
(1, 2)[0]
'a' in d and d.a == 1
'role' in messages[0]
'tool_calls' in messages[0]
messages[0].tool_calls is defined
messages[0]['tool_calls'] is not none
messages[0].get('tool_calls', []) | length
messages[0].content is string
messages[0].content is mapping
messages[0].content.nope is none
"""

STATEMENTS = [
    "{% set x = 1 %}{{ x }}",
    "{% set x, y = 1, 2 %}{{ x }}{{ y }}",
    "{% set x, y = [1, 2, 3] %}{{ x }}",
    "{% set (x, y) = (1, 2) %}{{ y }}",
    "{% set x = 1, 2 %}{{ x }}",
    "{% set x = 1 if true else 2 %}{{ x }}",
    "{% set true = 1 %}",
    "{% set 5 = 1 %}",
    "{% set x %}a{{ 1 }}b{% endset %}[{{ x }}]",
    "{% set x | upper %}abc{% endset %}{{ x }}",
    "{% set x | upper | replace('A', 'x') %}abc{% endset %}{{ x }}",
    "{% set x %}{% set y = 1 %}{% endset %}{{ y is defined }}",
    "{% set x = 0 %}{% for i in [1, 2] %}{% set x = i %}{{ x }}{% endfor %}{{ x }}",
    "{% set x = 0 %}{% for i in [1, 2] %}{{ x }}{% set x = i %}{% endfor %}{{ x }}",
    "{% set ns = namespace(x=0) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns }}",
    "{% set ns = namespace() %}{% set ns.a %}block{% endset %}{{ ns.a }}",
    "{% set ns = namespace() %}{% set ns.a, x = 1, 2 %}{{ ns.a }}{{ x }}",
    "{% set d.a = 5 %}",
    "{% set missing_ns.a = 5 %}",
    "{% if true %}a{% endif %}",
    "{% if false %}a{% else %}b{% endif %}",
    "{% if 0 %}a{% elif 1 %}b{% elif 1 %}c{% else %}d{% endif %}",
    "{% if missing %}a{% else %}b{% endif %}",
    "{% if missing.x %}a{% else %}b{% endif %}",
    "{% if true %}{% set x = 1 %}{% endif %}{{ x }}",
    "{% if false %}{% set x = 1 %}{% endif %}{{ x is defined }}",
    "{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}",
    "{% if 1, 2 %}tuple{% endif %}",
    "{% if (1 if false) %}a{% else %}b{% endif %}",
    "{% for x in xs %}{{ x }}{% endfor %}",
    "{% for x in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for x in xs %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }};{% endfor %}",
    "{% for x in xs %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }};{% endfor %}",
    "{% for x in xs %}{{ loop.depth }}{{ loop.depth0 }}{{ loop.cycle('a', 'b') }}{{ loop.changed(x > 1) }};{% endfor %}",
    "{% for x in xs %}{{ loop }}{% endfor %}",
    "{% for x in xs %}{{ loop.nope }}{{ loop.nope is defined }}{% endfor %}",
    "{% for x in xs %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in [] %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in missing %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in none %}{{ x }}{% endfor %}",
    "{% for x in 5 %}{{ x }}{% endfor %}",
    "{% for c in 'aé😀' %}{{ c }};{% endfor %}",
    "{% for k in d %}{{ k }}{% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in d | items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in d | dictsort %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in xs %}{{ k }}{% endfor %}",
    "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for (a, b) in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}",
    "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
    "{% for x in xs if x > 1 %}{{ x }}{{ loop.index }}{{ loop.length }}{{ loop.last }};{% endfor %}",
    "{% for x in xs if x > 9 %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in xs if x > 1 and x < 3 %}{{ x }}{% endfor %}",
    "{% for x in (xs if true else []) %}{{ x }}{% endfor %}",
    "{% for x in xs | sort %}{{ x }}{% endfor %}",
    "{% for x in xs | select('odd') %}{{ x }}{{ loop.index }}{{ loop.last }}{{ loop.length }}{% endfor %}",
    "{% for x in range(3) %}{% for y in range(2) %}{{ x }}{{ y }}{{ loop.index }} {% endfor %}{{ loop.index }};{% endfor %}",
    "{% for x in range(2) %}{% set outer = loop %}{% for y in range(2) %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
    "{% for x in xs %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in xs %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in xs %}{% break %}{% else %}none{% endfor %}",
    "{% for x in xs %}{% continue %}{% else %}none{% endfor %}",
    "{% for x in xs %}{% for y in xs %}{% if y == 1 %}{% break %}{% endif %}{{ y }}{% endfor %}{{ x }};{% endfor %}",
    "{% break %}",
    "{% for x in xs %}{% set loop = 1 %}{% endfor %}",
    "{{ loop }}{{ loop is defined }}",
    "{{ x }}{% for x in xs %}{{ x }}{% endfor %}{{ x }}",
    "{% set x = 'o' %}{% for x in xs %}{{ x }}{% endfor %}{{ x }}",
    "{% for m in messages %}{{ m.role }}: {{ m['content'] | trim }}\n{% endfor %}",
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{% endfor %}",
    "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(b=5, a=4) }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}",
    "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}",
    "{% macro m(a) %}{{ a.x }}{% endmacro %}{{ m() }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(b=1) }}",
    "{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m(7) }}",
    "{% macro m(a=1, b) %}{% endmacro %}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}",
    "{% macro m(a) %}{{ a }}{{ kwargs }}{% endmacro %}{{ m(1, b=2) }}",
    "{% macro m() %}{{ x }}{% endmacro %}{% set x = 5 %}{{ m() }}",
    "{% set x = 1 %}{% macro m() %}{{ x }}{% set x = 2 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}",
    "{% macro fact(k) %}{% if k <= 1 %}1{% else %}{{ k * (fact(k - 1) | int) }}{% endif %}{% endmacro %}{{ fact(5) }}",
    "{% macro loop_forever() %}{{ loop_forever() }}{% endmacro %}{{ loop_forever() }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m }}",
    "{% macro m() %}a{% endmacro %}{{ m() | upper }}{{ m() ~ 'b' }}{{ m() + 'c' }}",
    "{% macro m() %}\n  a\n{% endmacro %}[{{ m() }}]",
    "{% macro m(d) %}{% for k in d %}{{ k }}{% if d[k] is mapping %}({{ m(d[k]) }}){% endif %}{% endfor %}{% endmacro %}{{ m(tool) }}",
    "{% for x in xs %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}",
    "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}body{% endcall %}",
    "{% macro m() %}<{{ caller(1, 2) }}>{% endmacro %}{% call(a, b) m() %}{{ a }}+{{ b }}{% endcall %}",
    "{% macro m(x) %}<{{ x }}{{ caller() }}>{% endmacro %}{% call m('q') %}{{ s }}{% endcall %}",
    "{% macro m() %}x{% endmacro %}{% call m() %}body{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% call 5 %}{% endcall %}",
    "{% filter upper %}abc{{ s }}{% endfilter %}",
    "{% filter upper | replace('A', '-') %}abc{% endfilter %}",
    "{% filter indent(2) %}a\nb{% endfilter %}",
    "{% with a = 1 %}{{ a }}{% endwith %}{{ a is defined }}",
    "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}",
    "{% set a = 5 %}{% with a = 1, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}",
    "{% generation %}a{{ s }}{% endgeneration %}",
    "{% generation %}{% set q = 1 %}{% endgeneration %}{{ q is defined }}",
    "{% for m in messages %}{% generation %}{{ m.content }}{{ loop.index }}{% endgeneration %}{% endfor %}",
    "{% raw %}{{ x }}{% if %}{% endraw %}",
    "a {% raw -%} {{ b }} {%- endraw %} c",
    "a\n  {% raw %}\n{{ b }}\n  {% endraw %}\nc",
    "a{# comment #}b",
    "a {#- comment -#} b",
    "a\n  {# comment #}\nb",
    "a\n  {# comment +#}\nb",
    "{# {{ x }} {% if %} #}",
    "{# never closed",
    "{#-#}",
    "{%- if true -%} a {%- endif -%} b",
    "  {% if true %}\n  a\n  {% endif %}\nb",
    "  {%+ if true %}\n  a\n  {%+ endif %}\nb",
    "  {% if true +%}\n  a\n  {% endif +%}\nb",
    "x {% if true %} a {% endif %} y",
    "x\n{{ 1 }}\ny\n",
    "x\n\n",
    "x\n{{- 1 -}}\n y",
    "x  {{+ 1 }}  y",
    "x\t {%- set a = 1 %}\n\ny",
    "{% set a = 1 -%}\n\n  y",
    "{% for x in xs %}\n- {{ x }}\n{% endfor %}\nend",
    "{% for x in xs -%}\n- {{ x }}\n{% endfor %}\nend",
    "{%- for x in xs %}\n    {{- x }}\n{%- endfor %}\nend",
    "a\r\nb\rc\r\n",
    "a\r\n  {% if true %}\r\nb{% endif %}",
    "\u00a0{% if true %}a{% endif %}",
    "a\u00a0{%- if true %}b{% endif %}",
    "\f\v {% if true %}a{% endif %}",
    "\n\n{% set x = 1 %}\n\nx",
    "   {{ 1 }}   ",
    "{{ '{{' }}{{ '%}' }}",
    "{{ \"a}}b\" }}",
    "{{ {'a': {'b': 1}}['a']['b'] }}",
    "{{ {'a': {'b': 1}} }}",
    "{{{}}}",
    "{{ 1 }",
    "{{ 1",
    "{% if true %}a",
    "{% if true %}a{% endfor %}",
    "{% endif %}",
    "{% nope %}",
    "{% %}",
    "{{ }}",
    "{{ 1 + }}",
    "{{ (1 }}",
    "{{ 1) }}",
    "{{ [1, }}",
    "{{ 'a }}",
    "{{ a b }}",
    "{{ a.1b }}",
    "{{ a. }}",
    "{{ $ }}",
    "{{ a ? b }}",
    "{{ a = 1 }}",
    "{{ f(1, *xs) }}",
    "{{ dict(**d) }}",
    "{{ dict(a=1, **d) }}",
    "{{ range(*[1, 4]) | list }}",
    "{{ '{}{}'.format(*['a', 'b']) }}",
    "{{ dict(a=1, 2) }}",
    "{% if s is nope %}{% endif %}",
    "{% if true %}a{% else %}{{ s | nope }}{% endif %}",
    "{% if false %}{{ s | nope }}{% endif %}ok",
    "{% if false %}{{ s is nope }}{% endif %}ok",
    "{% if false %}{% for x in xs %}{{ x | nope }}{% endfor %}{% endif %}ok",
    "{{ (s | nope) if false else 'ok' }}",
    "{% set x = s | nope %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% print 1, 2 %}",
    "{% if true: %}a{% endif %}",
    "{% set j = joiner(', ') %}{% for x in xs %}{{ j() }}{{ x }}{% endfor %}",
    "{% set gen = xs | map('string') %}{{ gen | list }}{{ gen | list }}",
    "{% set gen = xs | select('odd') %}{% for x in gen %}{{ x }}{% endfor %}{% for x in gen %}again{% endfor %}",
    "{% set _ = xs.append(1) %}",
    "{% do xs.append(1) %}",
    "{{ caller() }}",
    "{% set messages = messages[1:] %}{{ messages | length }}",
    "{% if messages[0].role == 'system' %}{% set system = messages[0].content %}{% set rest = messages[1:] %}{% else %}{% set rest = messages %}{% endif %}{{ system }}{{ rest | length }}",
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
    "{{ bos_token }}{% for message in messages %}{{ message.content }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% set ns = namespace(found=false) %}{% for m in messages %}{% if m.role == 'user' and not ns.found %}{% set ns.found = true %}{{ loop.index }}{% endif %}{% endfor %}{{ ns.found }}",
    "{% for m in messages | reverse %}{{ m.content }}{{ loop.first }}{% endfor %}",
    "{% for m in messages[::-1] %}{% set index = (messages | length - 1) - loop.index0 %}{{ index }}{% endfor %}",
    "{%- macro json_to_python_type(json_spec) %}{%- set basic = {'string': 'str', 'number': 'float'} %}{%- if basic[json_spec.type] is defined %}{{- basic[json_spec.type] }}{%- elif json_spec.type == 'array' %}{{- 'list[' + json_to_python_type(json_spec['items']) + ']' }}{%- else %}{{- 'Any' }}{%- endif %}{%- endmacro %}{{ json_to_python_type({'type': 'array', 'items': {'type': 'string'}}) }}",
    "{% for x in xs %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
    "{% for x in xs %}{{ x }}{{ ', ' if not loop.last else '.' }}{% endfor %}",
    "{% if tool is mapping and tool.function is defined %}{{ tool.function.name }}{% endif %}",
    "{% for name, spec in tool.function.parameters.properties.items() %}{{ name }}: {{ spec | tojson }}{% endfor %}",
    "{%- for key in tool.keys() | sort %}{{ key }} {% endfor %}",
    "{{- '\\n\\n' -}}\n  x",
    "{{ s\n  | upper\n}}",
    "{% set long = 'a' ~\n 'b' %}{{ long }}",
    "{{ 'nested {{ braces }}' }}",
    "{{ '{% raw %}' }}",
    "{{ xs[loop_missing] }}",
    "{{ d[s] is defined }}",
    "{{ 'x' * 3 ~ 'y' }}",
    "{% set k = 'a' %}{{ d[k] }}{{ d[k ~ ''] }}",
    "{{ ñ }}{% set ñ = 1 %}{{ ñ }}",
]


def snippets():
    for block in (EXPRESSIONS, FILTERS):
        for line in block.strip("\n").replace("\\\nb", "\\@@b").split("\n"):
            yield "{{ " + line.replace("\\@@b", "\\\nb") + " }}"
    yield from STATEMENTS
