"""What gunicorn is to know of this application beyond its command line: how long a request line may be.

gunicorn cuts off at 8,190 bytes, with a bare page of its own. Ours answers 414 from there on, so lines must reach it; a
bound far above keeps a line without an end from being read for ever.
"""

from gunicorn.http import message

message.MAX_REQUEST_LINE = limit_request_line = 65_536
